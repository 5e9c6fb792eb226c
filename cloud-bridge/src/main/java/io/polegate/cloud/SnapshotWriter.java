package io.polegate.cloud;

import com.fasterxml.jackson.core.JsonGenerator;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Reading;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.PointStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes the present values of all points as messages of the JSON format. One thread. */
final class SnapshotWriter {
  private final String pole;
  private final Backlog backlog;

  SnapshotWriter(String pole, Backlog backlog) {
    this.pole = pole;
    this.backlog = backlog;
  }

  /**
   * As many messages as the points need, at least one.
   *
   * @param bytes a message is closed when it has reached this size
   */
  List<byte[]> write(List<DeviceStatus> devices, Instant now, int bytes) {
    List<JournalItem.PointReading> points = new ArrayList<>();
    for (DeviceStatus device : devices) {
      for (PointStatus point : device.points()) {
        point.reading().ifPresent(reading -> points.add(item(device, point.spec(), reading)));
      }
    }
    List<byte[]> messages = new ArrayList<>();
    Iterator<JournalItem.PointReading> left = points.iterator();
    do {
      messages.add(message(left, now, bytes));
    } while (left.hasNext());
    return messages;
  }

  private static JournalItem.PointReading item(
      DeviceStatus device, PointSpec point, Reading reading) {
    return new JournalItem.PointReading(device.id(), point.id(), point.unit(), reading);
  }

  private byte[] message(Iterator<JournalItem.PointReading> points, Instant now, int most) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonEncoder.JSON.createGenerator(bytes)) {
      ItemWriter writer = new ItemWriter(json, 0);
      json.writeStartObject();
      json.writeStringField("pole", pole);
      json.writeNumberField("time", now.toEpochMilli());
      backlog(json);
      json.writeArrayFieldStart("points");
      boolean room = true;
      while (room && points.hasNext()) {
        json.writeStartObject();
        writer.reading(points.next());
        json.writeEndObject();
        room = bytes.size() + json.getOutputBuffered() < most;
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a message could not be built in memory", e);
    }
    return bytes.toByteArray();
  }

  private void backlog(JsonGenerator json) throws IOException {
    Map<Lane, Long> pending = backlog.pending();
    json.writeObjectFieldStart("backlog");
    for (Map.Entry<Lane, Long> lane : pending.entrySet()) {
      json.writeNumberField(lane.getKey().name().toLowerCase(Locale.ROOT), lane.getValue());
    }
    json.writeEndObject();
    Optional<Duration> doneIn = backlog.doneIn(pending);
    if (doneIn.isPresent()) {
      json.writeNumberField("done-in", doneIn.get().toSeconds());
    }
  }
}
