package io.polegate.console;

import com.fasterxml.jackson.core.JsonGenerator;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import java.io.IOException;

/** Values as JSON: true, 7, 7.5, "text"; bytes as {@code {"hex":"0aff"}}. */
final class ValueJson {
  private ValueJson() {}

  /** Value or bad reason, and time: fields of an object that is open. */
  static void writeReading(JsonGenerator json, Reading reading) throws IOException {
    if (reading instanceof Reading.Good good) {
      json.writeStringField("quality", "good");
      write(json, "value", good.value());
    } else if (reading instanceof Reading.Bad bad) {
      json.writeStringField("quality", "bad");
      json.writeStringField("bad", bad.reason().wireName());
      json.writeStringField("detail", bad.detail());
    }
    JsonText.time(json, reading.time());
  }

  static void write(JsonGenerator json, String field, Value value) throws IOException {
    json.writeFieldName(field);
    if (value instanceof Value.Bool bool) {
      json.writeBoolean(bool.value());
    } else if (value instanceof Value.Int whole) {
      json.writeNumber(whole.value());
    } else if (value instanceof Value.Real real) {
      json.writeNumber(real.value());
    } else if (value instanceof Value.Text text) {
      json.writeString(text.value());
    } else if (value instanceof Bytes bytes) {
      json.writeStartObject();
      json.writeStringField("hex", bytes.toHex());
      json.writeEndObject();
    }
  }
}
