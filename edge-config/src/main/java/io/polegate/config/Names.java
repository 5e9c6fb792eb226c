package io.polegate.config;

import io.polegate.api.settings.Setting;
import java.util.HashMap;
import java.util.Map;

/** Reads {@code name} wherever it may be written. */
final class Names {
  private static final Map<String, Setting<String>> LANGUAGES =
      Map.of("zh", Keys.NAME_ZH, "en", Keys.NAME_EN);

  private Names() {}

  /** Names by language tag; a plain name counts in every language. */
  static Map<String, String> of(Section section) {
    Map<String, String> names = new HashMap<>();
    LANGUAGES.forEach(
        (language, setting) ->
            section
                .value(setting)
                .or(() -> section.value(Keys.NAME))
                .ifPresent(name -> names.put(language, name)));
    return names;
  }
}
