package io.polegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Compares the settings table of a README with the schema that the code really uses. */
public final class SettingsTable {
  private static final List<String> HEAD =
      List.of("| Key | Write | Default | Meaning |", "|---|---|---|---|");

  private SettingsTable() {}

  /** The table as it has to stand in the README. */
  public static String of(Schema schema) {
    return HEAD.stream().map(line -> line + "\n").collect(Collectors.joining())
        + schema.settings().stream().map(SettingsTable::row).collect(Collectors.joining());
  }

  /**
   * Fails unless the first table below a heading is the table of the schema.
   *
   * @param heading the whole line, for instance {@code ## Bus settings}
   * @throws IOException if the README cannot be read
   */
  public static void assertDocumented(Path readme, String heading, Schema schema)
      throws IOException {
    List<String> lines = Files.readAllLines(readme);
    assertThat(lines).as("headings of %s", readme).contains(heading);
    String table =
        lines.subList(lines.indexOf(heading) + 1, lines.size()).stream()
            .dropWhile(line -> !line.startsWith("|"))
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    assertThat(table).as("table below \"%s\" in %s", heading, readme).isEqualTo(of(schema));
  }

  private static String row(Setting<?> setting) {
    String fallback =
        switch (setting.presence()) {
          case REQUIRED -> "required";
          case OPTIONAL -> "";
          case DEFAULTED -> "`" + setting.fallbackText() + "`";
        };
    return "| `%s` | %s | %s | %s |\n"
        .formatted(setting.key(), setting.form(), fallback, setting.description());
  }
}
