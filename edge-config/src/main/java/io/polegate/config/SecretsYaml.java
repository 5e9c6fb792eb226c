package io.polegate.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Plain secrets, {@code name: value}, as they come with the first document. Stateless. */
final class SecretsYaml {
  private static final int MAX_BYTES = 100_000;

  private SecretsYaml() {}

  /**
   * The secrets in a file; none if it is not there. Messages never quote the file.
   *
   * @throws IOException if it is not such a file; the message says where
   */
  static Map<String, String> read(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Map.of();
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is not a small ordinary file");
    }
    // every value is text: 0123 is a password and no number
    LoadSettings settings = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
    try {
      Object root = new Load(settings).loadFromString(text(file));
      return table(file, root == null ? Map.of() : root);
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().or(e::getContextMark).orElseThrow(() -> e);
      // without the cause, which shows the lines around the place
      throw new IOException(
          "%s:%d:%d: is not YAML here".formatted(file, mark.getLine() + 1, mark.getColumn() + 1));
    } catch (YamlEngineException e) {
      throw new IOException(file + " is not YAML: " + e.getClass().getSimpleName());
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static Map<String, String> table(Path file, Object root) throws IOException {
    if (!(root instanceof Map<?, ?> table)) {
      throw new IOException(file + ": write name: value, one a line");
    }
    Map<String, String> secrets = new TreeMap<>();
    for (Map.Entry<?, ?> entry : table.entrySet()) {
      if (!(entry.getKey() instanceof String name)
          || !(entry.getValue() instanceof String value)
          || value.isEmpty()) {
        throw new IOException(
            file
                + ": the value of "
                + Findings.quote(String.valueOf(entry.getKey()))
                + " is no text");
      }
      secrets.put(name, value);
    }
    return secrets;
  }
}
