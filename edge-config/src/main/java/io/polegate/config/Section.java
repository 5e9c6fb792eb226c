package io.polegate.config;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One table of the document with its nested keys joined by dots. Its problems go to the findings,
 * so that all are found in one run; a value that is wrong then reads as absent. Not thread-safe.
 */
final class Section {
  private static final Logger LOG = LoggerFactory.getLogger(Section.class);

  /**
   * Something that a plugin is asked.
   *
   * @param <T> its answer
   */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws InvalidSettingException;
  }

  private final String name;
  private final Place place;
  private final Set<String> apart;
  private final Findings findings;
  private final Map<String, Node.Entry> entries = new LinkedHashMap<>();

  /**
   * Joins the keys.
   *
   * @param name for messages: {@code device "lamp-1"}
   * @param place where problems of the whole go
   * @param apart keys that are tables of their own and read elsewhere
   */
  Section(String name, Place place, Node.Table table, Set<String> apart, Findings findings) {
    this.name = name;
    this.place = place;
    this.apart = Set.copyOf(apart);
    this.findings = findings;
    join("", table);
  }

  private void join(String prefix, Node.Table table) {
    table.entries().forEach((key, entry) -> join(entry, prefix + key));
  }

  private void join(Node.Entry entry, String key) {
    if (apart.contains(key)) {
      return;
    }
    Node.Entry first = entries.putIfAbsent(key, entry);
    if (first != null) {
      findings.add(
          entry.place(),
          key + " of " + name + ": is written twice, first in line " + first.place().line());
    }
    if (entry.value() instanceof Node.Table nested) {
      join(key + ".", nested);
    }
  }

  /** Checks every key: these schemas say all that may be written, the gateway's own first. */
  void checkAll(Schema... schemas) {
    new SectionCheck(this, entries, apart, true).check(schemas);
  }

  /** Checks the keys of {@code schema}; nobody can say what else may be written. */
  void checkOnly(Schema schema) {
    new SectionCheck(this, entries, apart, false).check(schema);
  }

  /** For messages. */
  String name() {
    return name;
  }

  /** Whether what is written of {@code schema} has the right form, so that its owner may see it. */
  boolean fits(Schema schema) {
    return schema.check(settings(schema)).isEmpty();
  }

  /** Whether the key is written, whatever is behind it. */
  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** What is written, or the default; empty if it is absent, wrong or a secret. */
  <T> Optional<T> value(Setting<T> setting) {
    Node.Entry entry = entries.get(setting.key());
    if (entry == null) {
      return setting.fallback();
    }
    try {
      return entry.value() instanceof Node.Text text
          ? Optional.of(setting.parse(text.value()))
          : Optional.empty();
    } catch (InvalidSettingException e) {
      LOG.trace("reported by the check of the section", e);
      return Optional.empty();
    }
  }

  /** As {@link #value(Setting)} of the setting with this key, if there is one, as text. */
  Optional<String> value(String key, Schema schema) {
    return schema.find(key).flatMap(setting -> value(setting).map(String::valueOf));
  }

  /** What is written of {@code schema}. */
  Settings settings(Schema schema) {
    Map<String, String> texts = new HashMap<>();
    Set<String> secrets = new HashSet<>();
    for (Setting<?> setting : schema.settings()) {
      Node.Entry entry = entries.get(setting.key());
      if (entry != null && entry.value() instanceof Node.Text text) {
        texts.put(setting.key(), text.value());
      } else if (entry != null && entry.value() instanceof Node.Secret secret) {
        texts.put(setting.key(), secret.value());
        secrets.add(setting.key());
      }
    }
    return new Settings(texts, secrets);
  }

  /**
   * As {@link #settings}, without what has the wrong form, so that the rest can still be checked.
   */
  Settings rightSettings(Schema schema) {
    Map<String, String> texts = new HashMap<>(settings(schema).texts());
    schema.check(settings(schema)).forEach(wrong -> texts.remove(wrong.key()));
    return new Settings(texts, settings(schema).secrets());
  }

  /** The plugin's answer; empty if it has something against the settings, which is reported. */
  <T> Optional<T> ask(Question<T> question, Section around) {
    try {
      return Optional.of(question.ask());
    } catch (InvalidSettingException e) {
      Section named = !has(e.key()) && around.has(e.key()) ? around : this;
      named.report(e.key(), e.getMessage());
    } catch (RuntimeException | Error e) { // a plugin may be built against what is not here
      LOG.error("a plugin failed while checking {}", name, e);
      report("", "the plugin failed on it (" + e + "): report this to its maker");
    }
    return Optional.empty();
  }

  /** A key names something of this kind that is not among {@code known}. */
  void reportUnknown(String key, String kind, String named, Set<String> known) {
    report(key, isFull() ? "" : Nearest.none(kind, named, known));
  }

  /** Whether the text of further problems does not matter, so that it need not be thought out. */
  boolean isFull() {
    return findings.isFull();
  }

  /** Something is wrong with a key, or with the whole if the key is empty. */
  void report(String key, @Nullable String problem) {
    Node.Entry entry = entries.get(key);
    findings.add(
        entry == null ? place : entry.place(),
        (key.isEmpty() ? "" : Findings.shorten(key) + " of ") + name + ": " + problem);
  }
}
