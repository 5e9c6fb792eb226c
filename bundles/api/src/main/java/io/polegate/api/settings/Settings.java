package io.polegate.api.settings;

import java.util.Map;
import java.util.Optional;

/**
 * Settings as written in a document: key to text, not yet typed. Nested keys are joined with a dot
 * ({@code tls.ca}). Immutable; equal settings are equal, which is how an unchanged bus is
 * recognised.
 *
 * @param texts the text behind each key
 */
public record Settings(Map<String, String> texts) {
  /** No settings. */
  public static final Settings NONE = new Settings(Map.of());

  /** Copies the map. */
  public Settings {
    texts = Map.copyOf(texts);
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
    return text == null ? setting.fallback() : Optional.of(setting.parse(text));
  }
}
