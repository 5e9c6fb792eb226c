package io.polegate.config;

import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JSON schema of one table of a document, in which keys with dots are nested tables. Not
 * thread-safe.
 */
final class SchemaTable {
  private final Map<String, Set<Map<String, Object>>> forms = new LinkedHashMap<>();
  private final Map<String, SchemaTable> nested = new LinkedHashMap<>();
  private final List<String> required = new ArrayList<>();

  /** Takes in the gateway's own settings. */
  SchemaTable own(Schema schema) {
    schema.settings().forEach(setting -> add(setting.key(), setting, false));
    return this;
  }

  /** Takes in those of a plugin, which may be secrets. */
  SchemaTable plugin(Schema schema) {
    schema.settings().forEach(setting -> add(setting.key(), setting, true));
    return this;
  }

  /** Takes in a key that is a table or list of its own. */
  SchemaTable beside(String key, Map<String, Object> form) {
    forms.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(form);
    return this;
  }

  /** Says that all required settings so far must be there. */
  SchemaTable complete(Schema schema) {
    schema.settings().stream()
        .filter(setting -> setting.presence() == Setting.Presence.REQUIRED)
        .filter(setting -> !setting.key().contains("."))
        .forEach(setting -> required.add(setting.key()));
    return this;
  }

  private void add(String key, Setting<?> setting, boolean secret) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      beside(key, SchemaForms.of(setting, secret));
    } else {
      nested
          .computeIfAbsent(key.substring(0, dot), k -> new SchemaTable())
          .add(key.substring(dot + 1), setting, secret);
    }
  }

  /** As JSON. */
  Map<String, Object> json() {
    Map<String, Object> properties = new LinkedHashMap<>();
    Set<String> keys = new LinkedHashSet<>(forms.keySet());
    keys.addAll(nested.keySet());
    for (String key : keys) {
      List<Map<String, Object>> all = new ArrayList<>(forms.getOrDefault(key, Set.of()));
      SchemaTable table = nested.get(key);
      if (table != null) {
        all.add(table.json());
      }
      properties.put(key, SchemaForms.oneOf(all));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "object");
    json.put("properties", properties);
    json.put("additionalProperties", false);
    if (!required.isEmpty()) {
      json.put("required", required);
    }
    return json;
  }
}
