package io.polegate.driver.dlt645;

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

  /** A point of a meter. */
  static Settings datum(String id, String length, String... more) {
    Map<String, String> texts = new LinkedHashMap<>(settings(more).texts());
    texts.put("data-id", id);
    texts.put("length", length);
    return new Settings(texts);
  }
}
