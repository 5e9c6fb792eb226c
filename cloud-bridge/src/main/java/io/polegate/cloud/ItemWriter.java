package io.polegate.cloud;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.polegate.api.command.CommandResult;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes single journal items as JSON objects. One thread. */
final class ItemWriter {
  private static final SerializedString SEQ = new SerializedString("seq");
  private static final SerializedString DEVICE = new SerializedString("device");
  private static final SerializedString POINT = new SerializedString("point");
  private static final SerializedString TIME = new SerializedString("time");
  private static final SerializedString VALUE = new SerializedString("value");
  private static final SerializedString BAD = new SerializedString("bad");
  private static final SerializedString DETAIL = new SerializedString("detail");
  private static final SerializedString UNIT = new SerializedString("unit");
  private static final SerializedString HISTORICAL = new SerializedString("historical");
  private static final SerializedString TIME_QUALITY = new SerializedString("time-quality");

  /** Members of every event; an attribute of the same name gets a prefix. */
  private static final Set<String> EVENT_MEMBERS =
      Set.of("seq", "time", "type", "lane", "historical", "time-quality");

  private final JsonGenerator json;
  private final long historyEnd;

  ItemWriter(JsonGenerator json, long historyEnd) {
    this.json = json;
    this.historyEnd = historyEnd;
  }

  void write(Sequenced sequenced) throws IOException {
    json.writeStartObject();
    json.writeFieldName(SEQ);
    json.writeNumber(sequenced.seq());
    JournalItem item = sequenced.item();
    if (item instanceof JournalItem.PointReading reading) {
      reading(reading);
    } else if (item instanceof JournalItem.Event event) {
      event(event);
    } else if (item instanceof JournalItem.Result result) {
      result(result.result());
    }
    if (sequenced.seq() <= historyEnd) {
      json.writeFieldName(HISTORICAL);
      json.writeBoolean(true);
    }
    json.writeEndObject();
  }

  /** The members of a reading, without number and mark. */
  void reading(JournalItem.PointReading item) throws IOException {
    json.writeFieldName(DEVICE);
    text(item.device());
    json.writeFieldName(POINT);
    text(item.point());
    time(item.reading().time());
    if (item.reading() instanceof Reading.Good good) {
      json.writeFieldName(VALUE);
      value(good.value());
    } else if (item.reading() instanceof Reading.Bad bad) {
      json.writeFieldName(BAD);
      json.writeString(bad.reason().wireName());
      if (!bad.detail().isEmpty()) {
        json.writeFieldName(DETAIL);
        text(bad.detail());
      }
    }
    json.writeFieldName(UNIT);
    text(item.unit());
  }

  private void event(JournalItem.Event event) throws IOException {
    time(event.time());
    json.writeFieldName("type");
    text(event.type());
    json.writeStringField("lane", event.lane() == Lane.ALARM ? "alarm" : "state");
    for (Map.Entry<String, Value> attribute : event.attributes().entrySet()) {
      String key = attribute.getKey();
      json.writeFieldName(wellFormed(EVENT_MEMBERS.contains(key) ? "x-" + key : key));
      value(attribute.getValue());
    }
  }

  private void result(CommandResult result) throws IOException {
    json.writeFieldName("id");
    text(result.id());
    json.writeStringField("status", result.status().wireName());
    if (result.value().isPresent()) {
      json.writeFieldName(VALUE);
      value(result.value().get());
    }
    if (!result.message().isEmpty()) {
      json.writeFieldName("message");
      text(result.message());
    }
    time(result.time());
  }

  private void time(SampleTime time) throws IOException {
    json.writeFieldName(TIME);
    json.writeNumber(time.instant().toEpochMilli());
    if (time.quality() != TimeQuality.TRUSTED) {
      json.writeFieldName(TIME_QUALITY);
      json.writeString(time.quality().name().toLowerCase(Locale.ROOT));
    }
  }

  private void value(Value value) throws IOException {
    if (value instanceof Value.Real real) {
      json.writeNumber(real.value());
    } else if (value instanceof Value.Int number) {
      json.writeNumber(number.value());
    } else if (value instanceof Value.Bool bool) {
      json.writeBoolean(bool.value());
    } else if (value instanceof Value.Text text) {
      text(text.value());
    } else if (value instanceof Bytes bytes) {
      json.writeStartObject();
      json.writeStringField("hex", bytes.toHex());
      json.writeEndObject();
    }
  }

  private void text(String text) throws IOException {
    json.writeString(wellFormed(text));
  }

  /** Half a surrogate pair has no UTF-8 form; one from a device must not stop the lane. */
  static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }
}
