package io.polegate.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The files in {@code profiles} and {@code golden} as plain tables, read without our own loader.
 */
final class ShippedProfiles {
  static final Path FOLDER = Path.of("profiles");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final String SUFFIX = ".yaml";

  private ShippedProfiles() {}

  /** Ids of all profiles. */
  static List<String> ids() throws IOException {
    return ids(FOLDER);
  }

  /** Ids of those that have golden frames. */
  static List<String> golden() throws IOException {
    return ids(GOLDEN);
  }

  /** The golden frames of a profile; an empty table if it has none. */
  static Map<?, ?> golden(String id) throws IOException {
    Path file = GOLDEN.resolve(id + SUFFIX);
    return Files.exists(file) ? table(file) : Map.of();
  }

  /** A profile with what it takes over from others; deeper tables are not merged. */
  static Map<Object, Object> profile(String id) throws IOException {
    Map<?, ?> own = table(FOLDER.resolve(id + SUFFIX));
    Map<Object, Object> whole =
        own.get("extends") instanceof String base ? profile(base) : new LinkedHashMap<>();
    whole.putAll(own);
    return whole;
  }

  /** Drivers that can speak to it, the usual one first. */
  static List<String> drivers(String id) throws IOException {
    return list(profile(id).get("drivers")).stream().map(String::valueOf).toList();
  }

  /** Whether the profile says which unit it is delivered as, itself or by what it extends. */
  static boolean hasUnit(String id) throws IOException {
    Map<?, ?> own = table(FOLDER.resolve(id + SUFFIX));
    boolean here = table(own.get("link")).containsKey("unit");
    return here || (own.get("extends") instanceof String base && hasUnit(base));
  }

  /** The choices of each option of a profile. */
  static Map<String, List<String>> options(String id) throws IOException {
    Map<String, List<String>> choices = new LinkedHashMap<>();
    table(profile(id).get("options"))
        .forEach(
            (option, content) ->
                choices.put(
                    String.valueOf(option),
                    table(table(content).get("choices")).keySet().stream()
                        .map(String::valueOf)
                        .toList()));
    return choices;
  }

  static Map<?, ?> table(@Nullable Object node) {
    return node instanceof Map<?, ?> table ? table : Map.of();
  }

  static List<?> list(@Nullable Object node) {
    return node instanceof List<?> list ? list : List.of();
  }

  private static Map<?, ?> table(Path file) throws IOException {
    return table(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
  }

  private static List<String> ids(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }
}
