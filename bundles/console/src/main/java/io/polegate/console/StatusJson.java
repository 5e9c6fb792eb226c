package io.polegate.console;

import com.fasterxml.jackson.core.JsonGenerator;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.journal.JournalStatus;
import io.polegate.api.live.BusStatus;
import io.polegate.api.live.UplinkStatus;
import io.polegate.api.time.ClockStatus;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything but the devices, as an object. */
record StatusJson(Snapshot snapshot) implements JsonText.Content {

  @Override
  public void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("version", snapshot.version());
    json.writeNumberField("time", snapshot.time().toEpochMilli());
    json.writeNumberField("uptimeMillis", snapshot.uptime().toMillis());
    writeClock(json, snapshot);
    writePole(json, snapshot.pole());
    json.writeArrayFieldStart("buses");
    for (BusStatus bus : snapshot.buses()) {
      writeBus(json, bus);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("uplinks");
    for (UplinkStatus uplink : snapshot.uplinks()) {
      writeUplink(json, uplink);
    }
    json.writeEndArray();
    writeJournal(json, snapshot.journal());
    json.writeEndObject();
  }

  private static void writeClock(JsonGenerator json, Snapshot snapshot) throws IOException {
    ClockStatus clock = snapshot.clock();
    json.writeObjectFieldStart("clock");
    json.writeBooleanField("trusted", clock.trusted());
    json.writeStringField("source", clock.source().name().toLowerCase(Locale.ROOT));
    json.writeStringField("message", clock.message());
    json.writeNumberField("floor", clock.floor().toEpochMilli());
    json.writeEndObject();
  }

  private static void writePole(JsonGenerator json, Optional<PoleSpec> pole) throws IOException {
    if (pole.isEmpty()) {
      json.writeNullField("pole");
      return;
    }
    json.writeObjectFieldStart("pole");
    json.writeStringField("id", pole.get().id());
    JsonText.names(json, pole.get().names());
    json.writeStringField("timezone", pole.get().timezone().getId());
    json.writeEndObject();
  }

  private static void writeBus(JsonGenerator json, BusStatus bus) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", bus.id());
    json.writeStringField("driver", bus.driver());
    json.writeBooleanField("open", bus.open());
    json.writeStringField("message", bus.message());
    json.writeNumberField("queuedCommands", bus.queuedCommands());
    json.writeNumberField("load", bus.load());
    json.writeBooleanField("overloaded", bus.overloaded());
    json.writeNumberField("openings", bus.openings());
    json.writeEndObject();
  }

  private static void writeUplink(JsonGenerator json, UplinkStatus uplink) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", uplink.id());
    json.writeBooleanField("connected", uplink.connected());
    JsonText.millis(json, "lastAcknowledgedAgeMillis", uplink.lastAcknowledgedAge());
    json.writeNumberField("pending", uplink.pending());
    json.writeStringField("message", uplink.message());
    json.writeEndObject();
  }

  private static void writeJournal(JsonGenerator json, JournalStatus journal) throws IOException {
    json.writeObjectFieldStart("journal");
    json.writeNumberField("lastSeq", journal.lastSeq());
    json.writeNumberField("usedBytes", journal.usedBytes());
    json.writeNumberField("limitBytes", journal.limitBytes());
    json.writeObjectFieldStart("pending");
    for (Map.Entry<String, Long> entry : new TreeMap<>(journal.pending()).entrySet()) {
      json.writeNumberField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("lostItems", journal.lostItems());
    json.writeStringField("message", journal.message());
    json.writeEndObject();
  }
}
