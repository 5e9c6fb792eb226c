package io.polegate.api.settings;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Settings as written in a document: key to text, not yet typed. Nested keys are joined with a dot
 * ({@code tls.ca}). Immutable; equal settings are equal, which is how an unchanged bus is
 * recognised.
 *
 * @param texts the text behind each key; a reference to a secret is replaced by the secret
 * @param secrets keys whose text is a secret, which {@link #toString} and messages keep to
 *     themselves
 */
public record Settings(Map<String, String> texts, Set<String> secrets) {
  /** No settings. */
  public static final Settings NONE = new Settings(Map.of());

  /** Copies the collections. */
  public Settings {
    texts = Map.copyOf(texts);
    secrets = Set.copyOf(secrets);
  }

  /** Settings of which none is a secret. */
  public Settings(Map<String, String> texts) {
    this(texts, Set.of());
  }

  /**
   * The value of a setting that is required or has a default.
   *
   * @throws InvalidSettingException if it is missing or does not parse
   * @throws IllegalArgumentException if {@code setting} is optional: use {@link #find}
   */
  public <T> T get(Setting<T> setting) throws InvalidSettingException {
    if (setting.presence() == Setting.Presence.OPTIONAL) {
      throw new IllegalArgumentException(setting.key() + " is optional");
    }
    Optional<T> found = find(setting);
    if (found.isEmpty()) {
      throw new InvalidSettingException(setting.key(), "is missing: write " + setting.form());
    }
    return found.get();
  }

  /**
   * The value of a setting, or its default, or nothing.
   *
   * @throws InvalidSettingException if it does not parse
   */
  public <T> Optional<T> find(Setting<T> setting) throws InvalidSettingException {
    String text = texts.get(setting.key());
    if (text == null) {
      return setting.fallback();
    }
    return Optional.of(
        secrets.contains(setting.key()) ? setting.parseSecret(text) : setting.parse(text));
  }

  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>(texts);
    secrets.forEach(key -> shown.replace(key, "(secret)"));
    return "Settings" + shown;
  }
}
