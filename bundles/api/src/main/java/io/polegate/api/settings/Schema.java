package io.polegate.api.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings that one place in the document may have.
 *
 * @param settings in the order in which a form or table shows them
 */
public record Schema(List<Setting<?>> settings) {

  /** Copies the list. */
  public Schema {
    settings = List.copyOf(settings);
  }

  /** A schema of these settings. */
  public static Schema of(Setting<?>... settings) {
    return new Schema(List.of(settings));
  }

  /** The setting with this key. */
  public Optional<Setting<?>> find(String key) {
    return settings.stream().filter(s -> s.key().equals(key)).findFirst();
  }

  /**
   * Whether two sets of settings say the same here, a default that is written out included.
   * Settings that do not parse say nothing.
   */
  public boolean equivalent(Settings one, Settings other) {
    try {
      for (Setting<?> setting : settings) {
        if (!one.find(setting).equals(other.find(setting))) {
          return false;
        }
      }
      return true;
    } catch (InvalidSettingException e) {
      return false; // who checks them says so in its own words
    }
  }

  /**
   * Everything wrong with {@code given}: unknown keys, missing ones, values that do not parse.
   * Empty if all is well.
   */
  public List<InvalidSettingException> check(Settings given) {
    List<InvalidSettingException> problems = new ArrayList<>();
    for (String key : given.texts().keySet()) {
      if (find(key).isEmpty()) {
        problems.add(new InvalidSettingException(key, "is not a setting here"));
      }
    }
    for (Setting<?> setting : settings) {
      try {
        if (given.find(setting).isEmpty() && setting.presence() == Setting.Presence.REQUIRED) {
          problems.add(
              new InvalidSettingException(setting.key(), "is missing: write " + setting.form()));
        }
      } catch (InvalidSettingException e) {
        problems.add(e);
      }
    }
    return problems;
  }
}
