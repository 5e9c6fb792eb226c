package io.polegate.config;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks one section against schemas: forms, missing keys, unknown keys with the nearest right one.
 */
final class SectionCheck {
  private final Section section;
  private final Map<String, Node.Entry> entries;
  private final Set<String> apart;
  private final boolean closed;
  private final Map<String, Setting<?>> known = new LinkedHashMap<>();
  private final Set<String> groups = new TreeSet<>();
  private final Set<String> dismissed = new HashSet<>();
  private final Set<String> meant = new HashSet<>();
  private Schema own = Schema.of();

  /**
   * Checks nothing yet.
   *
   * @param apart keys that are read elsewhere and may be written
   * @param closed whether a key that no schema has is wrong
   */
  SectionCheck(
      Section section, Map<String, Node.Entry> entries, Set<String> apart, boolean closed) {
    this.section = section;
    this.entries = entries;
    this.apart = apart;
    this.closed = closed;
  }

  /** Checks all; the first schema is the gateway's own, whose settings are no secrets. */
  void check(Schema... schemas) {
    for (Schema schema : schemas) {
      schema.settings().forEach(this::learn);
    }
    own = schemas[0];
    entries.forEach(this::checkShape);
    for (Schema schema : schemas) {
      checkValues(schema);
    }
  }

  private void learn(Setting<?> setting) {
    known.putIfAbsent(setting.key(), setting);
    for (int dot = setting.key().indexOf('.');
        dot >= 0;
        dot = setting.key().indexOf('.', dot + 1)) {
      groups.add(setting.key().substring(0, dot));
    }
  }

  private void checkValues(Schema schema) {
    for (InvalidSettingException e : schema.check(section.settings(schema))) {
      Node.Entry entry = entries.get(e.key());
      // what is misspelt, or is there but no text, was reported and is not missing
      boolean missing = entry == null && !meant.contains(e.key());
      if (missing || (entry != null && isValue(entry.value()))) {
        section.report(e.key(), e.getMessage());
      }
    }
  }

  private void checkShape(String key, Node.Entry entry) {
    int dot = key.lastIndexOf('.');
    if (dot >= 0 && dismissed.contains(key.substring(0, dot))) {
      dismissed.add(key);
      return;
    }
    Setting<?> setting = known.get(key);
    if (setting != null) {
      checkShape(key, entry.value(), setting);
    } else if (groups.contains(key)) {
      checkGroup(key, entry.value());
    } else if (closed) {
      dismissed.add(key);
      section.report(key, unknown(key));
    }
    checkSecret(key, entry.value());
  }

  private void checkSecret(String key, Node value) {
    if (value instanceof Node.Missing missing) {
      section.report(
          key,
          "there is no secret "
              + Findings.quote(missing.name())
              + ": put it in with \"polegate secret set "
              + missing.name()
              + " --config DIR --data DIR\"");
    } else if (value instanceof Node.Secret && own.find(key).isPresent()) {
      section.report(key, "is no place for a secret: write the value itself");
    } else if (value instanceof Node.Text text && SecretReferences.isMalformed(text)) {
      section.report(
          key,
          "a secret is a whole value: write \"${secret:name}\" alone, the name of a-z, 0-9, -");
    }
  }

  private void checkShape(String key, Node value, Setting<?> setting) {
    if (value instanceof Node.Empty) {
      section.report(key, "nothing is written behind it: write " + setting.form());
    } else if (value instanceof Node.Sequence) {
      section.report(key, "a list is written behind it: write " + setting.form());
    } else if (value instanceof Node.Table && !groups.contains(key)) {
      dismissed.add(key);
      section.report(key, "a table is written behind it: write " + setting.form());
    }
  }

  private void checkGroup(String key, Node value) {
    if (isValue(value) || value instanceof Node.Sequence) {
      Set<String> inside = new TreeSet<>();
      known.keySet().stream()
          .filter(k -> k.startsWith(key + "."))
          .forEach(k -> inside.add(k.substring(key.length() + 1)));
      section.report(
          key, "must be a table of " + Findings.list(inside) + ": write " + key + ": {…}");
    }
  }

  private static boolean isValue(Node node) {
    return node instanceof Node.Text || node instanceof Node.Secret;
  }

  private String unknown(String key) {
    if (section.isFull()) {
      return "";
    }
    Set<String> candidates = new TreeSet<>(known.keySet());
    candidates.addAll(groups);
    candidates.addAll(apart);
    Optional<String> near = Nearest.to(key, candidates);
    near.ifPresent(meant::add);
    candidates.removeIf(candidate -> candidate.contains(".") && !key.contains("."));
    return "there is no such key: "
        + near.map(right -> "did you mean \"" + right + "\"?")
            .orElse("remove it, or write one of " + Findings.list(candidates));
  }
}
