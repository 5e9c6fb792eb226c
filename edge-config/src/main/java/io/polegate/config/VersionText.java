package io.polegate.config;

import io.polegate.api.config.Configuration.Version;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A version as texts by key, and back. Stateless. */
final class VersionText {
  private VersionText() {}

  static Map<String, String> of(Version version) {
    Map<String, String> texts = new TreeMap<>();
    texts.put("number", Integer.toString(version.number()));
    texts.put("time", version.time().toString());
    texts.put("time-trusted", Boolean.toString(version.timeTrusted()));
    texts.put("author", version.author());
    texts.put("reason", version.reason());
    texts.put("sha256", version.sha256());
    texts.put("diff", version.diff());
    return texts;
  }

  /** What {@link #of} made. */
  static Version read(Map<String, String> texts) throws DamagedException {
    try {
      return new Version(
          Integer.parseInt(texts.getOrDefault("number", "")),
          Instant.parse(texts.getOrDefault("time", "")),
          Boolean.parseBoolean(texts.getOrDefault("time-trusted", "")),
          texts.getOrDefault("author", ""),
          texts.getOrDefault("reason", ""),
          texts.getOrDefault("sha256", ""),
          texts.getOrDefault("diff", ""));
    } catch (NumberFormatException | DateTimeException e) {
      throw new DamagedException("is no version of a document", e);
    }
  }
}
