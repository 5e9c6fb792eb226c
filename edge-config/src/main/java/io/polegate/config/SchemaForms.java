package io.polegate.config;

import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small JSON schemas: of single settings, and of what several places share. Stateless. */
final class SchemaForms {
  /** Whatever YAML makes of a word. */
  private static final List<String> SCALARS = List.of("string", "number", "boolean");

  private static final String SECRET = "^\\$\\{secret:[a-z0-9-]{1,64}\\}$";

  private SchemaForms() {}

  /** What is written for a setting. */
  static Map<String, Object> of(Setting<?> setting, boolean secret) {
    Map<String, Object> form = new LinkedHashMap<>(of(setting.shape()));
    if (secret && setting.shape().kind() != Shape.Kind.TEXT) {
      form = new LinkedHashMap<>(Map.of("anyOf", List.of(form, pattern(SECRET))));
    }
    String text = setting.form() + "; " + setting.description();
    form.put("description", setting.description().isEmpty() ? setting.form() : text);
    if (!setting.fallbackText().isEmpty()) {
      form.put("default", setting.fallbackText());
    }
    return form;
  }

  private static Map<String, Object> of(Shape shape) {
    return switch (shape.kind()) {
      case TEXT -> Map.of("type", SCALARS);
      case INTEGER -> integer(shape);
      case NUMBER -> Map.of("type", "number");
      case FLAG -> Map.of("type", "boolean");
      case CHOICE -> choice(shape.choices());
      case DURATION -> pattern("^[0-9]{1,15}(ms|s|m|h|d)$");
      case SIZE -> pattern("^[0-9]{1,15}(B|kB|MB|GB)$");
    };
  }

  /** YAML reads hexadecimal numbers as numbers; in quotes they are texts. */
  private static Map<String, Object> integer(Shape shape) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("type", List.of("integer", "string"));
    shape.min().ifPresent(min -> form.put("minimum", min));
    shape.max().ifPresent(max -> form.put("maximum", max));
    form.put("pattern", "^(0x[0-9A-Fa-f]+|-?[0-9]+)$");
    return form;
  }

  /** Words that YAML may take for truth values or numbers are allowed as such. */
  private static Map<String, Object> choice(List<String> words) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("type", "string");
    form.put("enum", words);
    return form;
  }

  /** A text of this pattern. */
  static Map<String, Object> pattern(String pattern) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("type", "string");
    form.put("pattern", pattern);
    return form;
  }

  /** A table of things by id. */
  static Map<String, Object> byId(Map<String, Object> each) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("type", List.of("object", "null"));
    form.put("patternProperties", Map.of("^" + Keys.ID.pattern() + "$", each));
    form.put("additionalProperties", false);
    return form;
  }

  /** A table with any keys. */
  static Map<String, Object> tableOf(Map<String, Object> each) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("type", "object");
    form.put("additionalProperties", each);
    return form;
  }

  /** A single value. */
  static Map<String, Object> scalar() {
    return Map.of("type", SCALARS);
  }

  /** One value or a list of them. */
  static Map<String, Object> list() {
    return oneOf(List.of(scalar(), listOf(scalar())));
  }

  /** A list. */
  static Map<String, Object> listOf(Map<String, Object> each) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("type", "array");
    form.put("items", each);
    return form;
  }

  /** Any of these. */
  static Map<String, Object> oneOf(List<Map<String, Object>> forms) {
    return forms.size() == 1 ? forms.get(0) : Map.of("anyOf", forms);
  }
}
