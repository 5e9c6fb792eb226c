package io.polegate.console;

import com.fasterxml.jackson.core.JsonGenerator;
import io.polegate.api.command.CommandResult;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalHistory.Slot;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Sequenced;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was, as objects. */
final class PastJson {
  private PastJson() {}

  static JsonText.Content slots(List<Slot> slots) {
    return json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("slots");
      for (Slot slot : slots) {
        writeSlot(json, slot);
      }
      json.writeEndArray();
      json.writeEndObject();
    };
  }

  static JsonText.Content events(List<Sequenced> items) {
    return json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("events");
      for (Sequenced item : items) {
        writeItem(json, item);
      }
      json.writeEndArray();
      json.writeEndObject();
    };
  }

  private static void writeSlot(JsonGenerator json, Slot slot) throws IOException {
    json.writeStartObject();
    json.writeNumberField("start", slot.start().toEpochMilli());
    json.writeNumberField("lengthMillis", slot.length().toMillis());
    json.writeNumberField("count", slot.count());
    json.writeNumberField("badCount", slot.bad());
    if (!Double.isNaN(slot.mean())) {
      json.writeNumberField("min", slot.min());
      json.writeNumberField("mean", slot.mean());
      json.writeNumberField("max", slot.max());
    }
    json.writeObjectFieldStart("last");
    ValueJson.writeReading(json, slot.last());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeItem(JsonGenerator json, Sequenced item) throws IOException {
    json.writeStartObject();
    json.writeNumberField("seq", item.seq());
    json.writeStringField("lane", item.item().lane().name().toLowerCase(Locale.ROOT));
    if (item.item() instanceof JournalItem.Event event) {
      JsonText.time(json, event.time());
      json.writeStringField("type", event.type());
      json.writeObjectFieldStart("attributes");
      for (Map.Entry<String, Value> entry : new TreeMap<>(event.attributes()).entrySet()) {
        ValueJson.write(json, entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
    } else if (item.item() instanceof JournalItem.Result result) {
      writeResult(json, result.result());
    }
    json.writeEndObject();
  }

  private static void writeResult(JsonGenerator json, CommandResult result) throws IOException {
    JsonText.time(json, result.time());
    json.writeStringField("type", "command-result");
    json.writeStringField("id", result.id());
    json.writeStringField("status", result.status().name().toLowerCase(Locale.ROOT));
    if (result.value().isPresent()) {
      ValueJson.write(json, "value", result.value().get());
    }
    json.writeStringField("message", result.message());
  }
}
