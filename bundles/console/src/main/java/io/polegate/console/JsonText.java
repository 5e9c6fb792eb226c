package io.polegate.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns what is written to a generator into UTF-8 bytes. Thread-safe. */
final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  /** A time, and how far it can be trusted: {@code timeQuality} is there only if it is not. */
  static void time(JsonGenerator json, SampleTime time) throws IOException {
    json.writeNumberField("time", time.instant().toEpochMilli());
    json.writeBooleanField("timeTrusted", time.quality() == TimeQuality.TRUSTED);
    if (time.quality() != TimeQuality.TRUSTED) {
      json.writeStringField("timeQuality", time.quality().name().toLowerCase(Locale.ROOT));
    }
  }

  /** Writes one JSON value. */
  interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  static byte[] of(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      content.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /** Names by language tag, in the order of the tags. */
  static void names(JsonGenerator json, Map<String, String> names) throws IOException {
    json.writeObjectFieldStart("names");
    for (Map.Entry<String, String> name : new TreeMap<>(names).entrySet()) {
      json.writeStringField(name.getKey(), name.getValue());
    }
    json.writeEndObject();
  }

  /** A span of time in milliseconds, or null if there is none. */
  static void millis(JsonGenerator json, String field, Optional<Duration> span) throws IOException {
    if (span.isPresent()) {
      json.writeNumberField(field, span.get().toMillis());
    } else {
      json.writeNullField(field);
    }
  }
}
