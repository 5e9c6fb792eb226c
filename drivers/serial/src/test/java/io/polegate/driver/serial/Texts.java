package io.polegate.driver.serial;

import io.polegate.api.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings in one line. */
final class Texts {
  private Texts() {}

  static Settings settings(String... pairs) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      texts.put(pairs[i], pairs[i + 1]);
    }
    return new Settings(texts);
  }
}
