package io.polegate.bench;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.polegate.api.journal.JournalItem.PointReading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The plainest loop that makes the uplink's messages: one select over a plain table, each batch
 * written straight into its message. No cursor, no lanes, no limits. One thread.
 */
final class PlainDrain {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private final PlainTable table;
  private final String pole;
  private final int batch;
  private final long last;
  private final Map<String, Map<String, String>> units = new HashMap<>();

  /** Takes the messages. */
  @FunctionalInterface
  interface Target {
    void publish(byte[] message) throws Exception;
  }

  /**
   * Prepares for a table.
   *
   * @param readings in it, numbered from 1; only their units are used
   */
  PlainDrain(PlainTable table, List<PointReading> readings, String pole, int batch) {
    this.table = table;
    this.pole = pole;
    this.batch = batch;
    this.last = readings.size();
    for (PointReading reading : readings) {
      units
          .computeIfAbsent(reading.device(), device -> new HashMap<>())
          .put(reading.point(), reading.unit());
    }
  }

  void run(Target target) throws Exception {
    try (Statement select = table.connection().createStatement();
        ResultSet rows =
            select.executeQuery(
                "select seq, device, point, time, value, quality from reading order by seq")) {
      boolean more = rows.next();
      while (more) {
        ByteArrayOutputStream message = new ByteArrayOutputStream(batch * 128);
        try (JsonGenerator json = JSON.createGenerator(message, JsonEncoding.UTF8)) {
          begin(json, rows.getLong(1));
          for (int i = 0; i < batch && more; i++) {
            reading(json, rows);
            more = rows.next();
          }
          json.writeEndArray();
          json.writeEndObject();
        }
        target.publish(message.toByteArray());
      }
    }
  }

  private void begin(JsonGenerator json, long from) throws IOException {
    json.writeStartObject();
    json.writeStringField("pole", pole);
    json.writeNumberField("from", from);
    json.writeNumberField("to", Math.min(last, from + batch - 1));
    json.writeArrayFieldStart("readings");
  }

  private void reading(JsonGenerator json, ResultSet row) throws IOException, SQLException {
    String device = row.getString(2);
    String point = row.getString(3);
    json.writeStartObject();
    json.writeNumberField("seq", row.getLong(1));
    json.writeStringField("device", device);
    json.writeStringField("point", point);
    json.writeNumberField("time", row.getLong(4));
    String quality = row.getString(6);
    if (!quality.equals(PlainTable.GOOD)) {
      json.writeStringField("bad", quality);
    } else if (row.getObject(5) instanceof Double real) {
      json.writeNumberField("value", real);
    } else {
      json.writeNumberField("value", row.getLong(5));
    }
    json.writeStringField("unit", units.getOrDefault(device, Map.of()).getOrDefault(point, ""));
    json.writeBooleanField("historical", true);
    json.writeEndObject();
  }
}
