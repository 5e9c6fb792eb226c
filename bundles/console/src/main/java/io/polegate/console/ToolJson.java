package io.polegate.console;

import com.fasterxml.jackson.core.JsonGenerator;
import io.polegate.api.driver.Browse;
import io.polegate.api.settings.Settings;
import io.polegate.api.tools.Scan;
import io.polegate.api.tools.TracedFrame;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the tools of a technician say, as objects. */
final class ToolJson {
  private ToolJson() {}

  static JsonText.Content trace(List<TracedFrame> frames) {
    return json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("frames");
      for (TracedFrame frame : frames) {
        json.writeStartObject();
        JsonText.time(json, frame.time());
        json.writeStringField("device", frame.device());
        json.writeStringField("kind", frame.kind().name().toLowerCase(Locale.ROOT));
        json.writeStringField("hex", frame.frame().toHex());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    };
  }

  static JsonText.Content nodes(List<Browse.Node> nodes) {
    return json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("nodes");
      for (Browse.Node node : nodes) {
        json.writeStartObject();
        json.writeStringField("id", node.id());
        json.writeStringField("name", node.name());
        settings(json, "point", node.point());
        json.writeBooleanField("folder", node.folder());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    };
  }

  static JsonText.Content scan(Scan.Progress progress) {
    return json -> {
      json.writeStartObject();
      json.writeStringField("state", progress.state().name().toLowerCase(Locale.ROOT));
      json.writeNumberField("tried", progress.tried());
      json.writeNumberField("candidates", progress.candidates());
      json.writeNumberField("remainingAtMostMillis", progress.remainingAtMost().toMillis());
      json.writeArrayFieldStart("found");
      for (Scan.Found found : progress.found()) {
        json.writeStartObject();
        settings(json, "bus", found.bus());
        settings(json, "device", found.device());
        json.writeStringField("answer", found.answer());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeStringField("message", progress.message());
      json.writeEndObject();
    };
  }

  private static void settings(JsonGenerator json, String field, Settings settings)
      throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, String> setting : new TreeMap<>(settings.texts()).entrySet()) {
      json.writeStringField(setting.getKey(), setting.getValue());
    }
    json.writeEndObject();
  }
}
