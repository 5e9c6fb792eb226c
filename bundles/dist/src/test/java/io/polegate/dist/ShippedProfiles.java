package io.polegate.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The profiles in the repository, read without our own loader. */
final class ShippedProfiles {
  private static final Path FOLDER = Path.of("../../edge-config/profiles");
  private static final String SUFFIX = ".yaml";

  private ShippedProfiles() {}

  /** Ids of those whose usual driver is this one. */
  static List<String> of(String driver) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> ids =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(SUFFIX))
              .map(name -> name.substring(0, name.length() - SUFFIX.length()))
              .sorted()
              .toList();
      List<String> found = new ArrayList<>();
      for (String id : ids) {
        if (usualDriver(id).equals(driver)) {
          found.add(id);
        }
      }
      return found;
    }
  }

  private static String usualDriver(String id) throws IOException {
    String text = Files.readString(FOLDER.resolve(id + SUFFIX));
    Object read = new Load(LoadSettings.builder().build()).loadFromString(text);
    if (!(read instanceof Map<?, ?> profile)) {
      throw new AssertionError(id + " is no table");
    }
    if (profile.get("drivers") instanceof List<?> drivers) {
      return String.valueOf(drivers.get(0));
    }
    return usualDriver(String.valueOf(profile.get("extends")));
  }
}
