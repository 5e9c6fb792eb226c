package io.polegate.console;

import com.fasterxml.jackson.core.JsonGenerator;
import io.polegate.api.config.Coding;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.PointStatus;
import io.polegate.api.live.Traffic;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A device with its points, as an object.
 *
 * @param spec what the document says of it; empty if it was changed this moment
 */
record DeviceJson(DeviceStatus device, Optional<DeviceSpec> spec) implements JsonText.Content {

  static DeviceJson of(DeviceStatus device, Snapshot snapshot) {
    return new DeviceJson(
        device,
        snapshot.pole().stream()
            .flatMap(pole -> pole.devices().stream())
            .filter(spec -> spec.id().equals(device.id()))
            .findFirst());
  }

  @Override
  public void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    writeState(json, device);
    JsonText.names(json, device.names());
    if (spec.isPresent()) {
      writeSpec(json, spec.get());
    }
    json.writeStringField("bus", device.bus());
    json.writeNumberField("pollMillis", device.poll().toMillis());
    json.writeArrayFieldStart("points");
    for (PointStatus point : device.points()) {
      writePoint(json, point);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeSpec(JsonGenerator json, DeviceSpec spec) throws IOException {
    if (spec.profile().isPresent()) {
      DeviceSpec.Profile profile = spec.profile().get();
      json.writeObjectFieldStart("profile");
      json.writeStringField("id", profile.id());
      json.writeNumberField("version", profile.version());
      JsonText.names(json, profile.names());
      json.writeStringField("confidence", profile.confidence().name().toLowerCase(Locale.ROOT));
      json.writeStringField("source", profile.source());
      json.writeEndObject();
    }
    if (!spec.groups().isEmpty()) {
      json.writeArrayFieldStart("groups");
      for (String group : spec.groups()) {
        json.writeString(group);
      }
      json.writeEndArray();
    }
    if (!spec.tags().isEmpty()) {
      json.writeObjectFieldStart("tags");
      for (Map.Entry<String, String> tag : new TreeMap<>(spec.tags()).entrySet()) {
        json.writeStringField(tag.getKey(), tag.getValue());
      }
      json.writeEndObject();
    }
  }

  /** Only what can change while the document stays: opens no object, closes none. */
  static void writeState(JsonGenerator json, DeviceStatus device) throws IOException {
    json.writeStringField("id", device.id());
    json.writeStringField("state", device.state().name().toLowerCase(Locale.ROOT));
    JsonText.millis(json, "lastGoodAgeMillis", device.lastGoodAge());
    json.writeNumberField("failures", device.failures());
    json.writeStringField("message", device.message());
    writeTraffic(json, device.traffic());
    json.writeNumberField("polls", device.polls());
    json.writeNumberField("missedPolls", device.missedPolls());
  }

  private static void writeTraffic(JsonGenerator json, Traffic traffic) throws IOException {
    json.writeObjectFieldStart("traffic");
    json.writeNumberField("answers", traffic.answers());
    json.writeNumberField("timeouts", traffic.timeouts());
    json.writeNumberField("exceptions", traffic.exceptions());
    json.writeNumberField("corrupt", traffic.corrupt());
    json.writeNumberField("late", traffic.late());
    json.writeNumberField("foreign", traffic.foreign());
    json.writeEndObject();
  }

  private static void writePoint(JsonGenerator json, PointStatus point) throws IOException {
    PointSpec spec = point.spec();
    json.writeStartObject();
    json.writeStringField("id", spec.id());
    JsonText.names(json, spec.names());
    json.writeStringField("unit", spec.unit());
    json.writeStringField(
        "access", spec.access().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    limit(json, "min", spec.limits().min());
    limit(json, "max", spec.limits().max());
    writeValues(json, spec.coding());
    writeReading(json, point);
    json.writeEndObject();
  }

  /** Names of the values that the point can have, if they have any. */
  private static void writeValues(JsonGenerator json, Coding coding) throws IOException {
    if (coding.values().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("values");
    for (Coding.Meaning meaning : coding.values()) {
      json.writeStartObject();
      ValueJson.write(json, "value", meaning.value());
      JsonText.names(json, meaning.names());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Value or bad reason, time and age; nothing before the first reading. */
  static void writeReading(JsonGenerator json, PointStatus point) throws IOException {
    if (point.reading().isEmpty()) {
      return;
    }
    ValueJson.writeReading(json, point.reading().get());
    JsonText.millis(json, "ageMillis", point.age());
  }

  private static void limit(JsonGenerator json, String field, OptionalDouble limit)
      throws IOException {
    if (limit.isPresent()) {
      json.writeNumberField(field, limit.getAsDouble());
    }
  }
}
