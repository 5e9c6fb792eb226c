package io.polegate.cloud;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Turns journal items into the messages of the JSON format. One thread; reuses its buffer. */
final class JsonEncoder {
  /** A message is closed when it has reached this size. */
  static final int MESSAGE_BYTES = 256_000;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private final String quotedPole;
  private final long historyEnd;
  private final Body body = new Body();

  /**
   * Encodes for one session.
   *
   * @param historyEnd items up to this number are from before the session
   */
  JsonEncoder(String pole, long historyEnd) {
    this.quotedPole = '"' + new String(JsonStringEncoder.getInstance().quoteAsString(pole)) + '"';
    this.historyEnd = historyEnd;
  }

  /** As many of the items, all of one lane and at least one, as fit in a message. */
  Encoded encode(Lane lane, List<Sequenced> items) {
    body.reset();
    int count = 0;
    try (JsonGenerator json = JSON.createGenerator(body, JsonEncoding.UTF8)) {
      ItemWriter writer = new ItemWriter(json, historyEnd);
      json.writeStartArray();
      while (count < items.size() && body.size() + json.getOutputBuffered() < MESSAGE_BYTES) {
        writer.write(items.get(count));
        count++;
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("a message could not be built in memory", e);
    }
    long lastSeq = items.get(count - 1).seq();
    return new Encoded(lastSeq, body.framed(head(lane, items.get(0).seq(), lastSeq), "}"));
  }

  /** The pole is there and the session begins. */
  byte[] online(Instant time) {
    return state("online", ",\"time\":" + time.toEpochMilli() + ",\"last-seq\":" + historyEnd);
  }

  /** The gateway stops, or this connection is taken out of the document. */
  byte[] offline(Instant time) {
    return state("offline", ",\"time\":" + time.toEpochMilli() + ",\"last-seq\":" + historyEnd);
  }

  /** What the broker says when the session breaks: nobody knows yet when. */
  byte[] lost() {
    return state("offline", "");
  }

  private byte[] state(String state, String more) {
    String text = "{\"pole\":" + quotedPole + ",\"state\":\"" + state + "\"" + more + "}";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String head(Lane lane, long firstSeq, long lastSeq) {
    String pole = "{\"pole\":" + quotedPole;
    return switch (lane) {
      case TELEMETRY -> pole + ",\"from\":" + firstSeq + ",\"to\":" + lastSeq + ",\"readings\":";
      case ALARM, STATE -> pole + ",\"events\":";
      case RESULT -> pole + ",\"results\":";
    };
  }

  /** A finished message. */
  static final class Encoded {
    private final long lastSeq;
    private final byte[] payload;

    private Encoded(long lastSeq, byte[] payload) {
      this.lastSeq = lastSeq;
      this.payload = payload;
    }

    /** Number of the last item inside. */
    long lastSeq() {
      return lastSeq;
    }

    /** The bytes; not copied, because they are made for one publisher only. */
    byte[] payload() {
      return payload;
    }
  }

  /** Keeps its array between messages and copies it once. */
  private static final class Body extends ByteArrayOutputStream {
    private byte[] framed(String head, String tail) {
      byte[] first = head.getBytes(StandardCharsets.UTF_8);
      byte[] last = tail.getBytes(StandardCharsets.UTF_8);
      byte[] all = new byte[first.length + count + last.length];
      System.arraycopy(first, 0, all, 0, first.length);
      System.arraycopy(buf, 0, all, first.length, count);
      System.arraycopy(last, 0, all, first.length + count, last.length);
      return all;
    }
  }
}
