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
  private static final String SECRET = "${secret:";
  private final Section section;
  private final Map<String, Node.Entry> entries;
  private final Set<String> apart;
  private final boolean closed;
  private final Map<String, Setting<?>> known = new LinkedHashMap<>();
  private final Set<String> groups = new TreeSet<>();
  private final Set<String> dismissed = new HashSet<>();
  private final Set<String> meant = new HashSet<>();

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

  void check(Schema... schemas) {
    for (Schema schema : schemas) {
      schema.settings().forEach(this::learn);
    }
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
      if (missing || (entry != null && entry.value() instanceof Node.Text)) {
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
    if (entry.value() instanceof Node.Text text && text.value().contains(SECRET)) {
      section.report(
          key, "secrets are not supported by this version: write the value itself for now");
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
    if (value instanceof Node.Text || value instanceof Node.Sequence) {
      Set<String> inside = new TreeSet<>();
      known.keySet().stream()
          .filter(k -> k.startsWith(key + "."))
          .forEach(k -> inside.add(k.substring(key.length() + 1)));
      section.report(
          key, "must be a table of " + Findings.list(inside) + ": write " + key + ": {…}");
    }
  }

  private String unknown(String key) {
    if (key.equals(Keys.PROFILE)) {
      return "profiles are not supported by this version: write the points under \"points\"";
    }
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
