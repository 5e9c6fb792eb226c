package io.polegate.console;

import com.fasterxml.jackson.core.JsonGenerator;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.PointStatus;
import java.io.IOException;

/** The messages of the event stream and the list of devices. */
final class SnapshotJson {
  private SnapshotJson() {}

  /** {@code {"status":…,"devices":[…]}}. */
  static byte[] everything(Snapshot snapshot) {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          json.writeFieldName("status");
          new StatusJson(snapshot).writeTo(json);
          writeDevices(json, snapshot);
          json.writeEndObject();
        });
  }

  /** {@code {"devices":[…]}}. */
  static byte[] devices(Snapshot snapshot) {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          writeDevices(json, snapshot);
          json.writeEndObject();
        });
  }

  /** Like {@link #everything}, with what changed only. */
  static byte[] changes(Snapshot snapshot, Changes changes) {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          if (changes.status()) {
            json.writeFieldName("status");
            new StatusJson(snapshot).writeTo(json);
          }
          json.writeArrayFieldStart("devices");
          for (Changes.Device device : changes.devices()) {
            writeChange(json, device);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void writeDevices(JsonGenerator json, Snapshot snapshot) throws IOException {
    json.writeArrayFieldStart("devices");
    for (DeviceStatus device : snapshot.devices()) {
      DeviceJson.of(device, snapshot).writeTo(json);
    }
    json.writeEndArray();
  }

  private static void writeChange(JsonGenerator json, Changes.Device device) throws IOException {
    json.writeStartObject();
    DeviceJson.writeState(json, device.now());
    json.writeArrayFieldStart("points");
    for (PointStatus point : device.points()) {
      json.writeStartObject();
      json.writeStringField("id", point.spec().id());
      DeviceJson.writeReading(json, point);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
