package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the README say what the code does. */
final class ReadmeTest {
  private static final String HEAD =
      "| key | what to write | default | meaning |\n|---|---|---|---|\n";

  private static String table(Schema schema) {
    StringBuilder table = new StringBuilder(HEAD);
    for (Setting<?> setting : schema.settings()) {
      String fallback =
          switch (setting.presence()) {
            case REQUIRED -> "required";
            case DEFAULTED -> "`" + setting.fallbackText() + "`";
            case OPTIONAL -> "";
          };
      table.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(setting.key(), setting.form(), fallback, setting.description()));
    }
    return table.toString();
  }

  @Test
  void everyKeyIsInTheReadmeWithItsRangeAndDefault() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    Stream.of(
            Keys.OF_POLE,
            Keys.OF_CLOCK,
            JournalKeys.SCHEMA,
            Keys.OF_BUS,
            Keys.OF_DEVICE,
            Keys.OF_POINT,
            Keys.OF_CONNECTION)
        .forEach(schema -> assertThat(readme).contains(table(schema)));
  }

  @Test
  void limitsInTheReadmeAreThoseOfTheCode() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    List.of(
            "at most %d MB".formatted(DocumentFile.MAX_BYTES / 1_000_000),
            "%d levels".formatted(YamlReader.MAX_DEPTH),
            "%d values".formatted(YamlReader.MAX_NODES),
            "%d characters".formatted(YamlReader.MAX_TEXT),
            "`%s`".formatted(Keys.ID.pattern()))
        .forEach(words -> assertThat(readme).contains(words));
  }
}
