package io.polegate.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.polegate.api.data.SampleTime;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Sequenced;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What has no metric of its own travels as text, in the words of the JSON format. Stateless. */
final class SparkplugTexts {
  private static final JsonFactory JSON = new JsonFactory();

  private SparkplugTexts() {}

  /** An item as one JSON object. */
  static String of(Sequenced item) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      new ItemWriter(json, 0).write(item);
    } catch (IOException e) {
      throw new UncheckedIOException("a text could not be built in memory", e);
    }
    return text.toString();
  }

  /** When it happened. */
  static SampleTime time(JournalItem item) {
    if (item instanceof JournalItem.PointReading reading) {
      return reading.reading().time();
    }
    return item instanceof JournalItem.Event event
        ? event.time()
        : ((JournalItem.Result) item).result().time();
  }
}
