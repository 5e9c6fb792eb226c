package io.polegate.dist;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the command line asks for. */
sealed interface Arguments {

  /** Run until stopped. */
  record Run(Path config, Path data, int httpPort) implements Arguments {}

  /**
   * Check a document and end.
   *
   * @param data whose plugins are known to the check; empty for none
   */
  record Check(Path file, Optional<Path> data) implements Arguments {}

  /** Print the version and end. */
  record Version() implements Arguments {}

  /** Print the usage and end. */
  record Help() implements Arguments {}

  /** Not understood. */
  record Wrong(String message) implements Arguments {}

  String USAGE =
      """
      usage: polegate run --config DIR --data DIR [--http PORT]
             polegate check FILE [--data DIR]
             polegate version
      DIR of --config holds pole.yaml; DIR of --data is made if it is not there.
      check with --data knows the drivers in DIR/plugins as well, and changes nothing there.
      --http is the console's port on 127.0.0.1, 8080 if not given.
      Exit codes: 0 good, 1 refused (the reasons are on stderr), 2 wrong usage.
      """;

  /** Understands the command line. */
  static Arguments parse(String... words) {
    String verb = words.length == 0 ? "" : words[0];
    return switch (verb) {
      case "run" -> parseRun(words);
      case "check" -> parseCheck(words);
      case "version", "--version" ->
          words.length == 1 ? new Version() : wrong("version takes nothing");
      case "help", "--help", "-h" -> new Help();
      case "" -> wrong("say run, check or version");
      default -> wrong("there is no \"" + verb + "\"");
    };
  }

  private static Arguments parseCheck(String... words) {
    boolean data = words.length == 4 && words[2].equals("--data");
    if (words.length != 2 && !data) {
      return wrong("check takes one FILE, and --data DIR if plugins count");
    }
    return new Check(Path.of(words[1]), data ? Optional.of(Path.of(words[3])) : Optional.empty());
  }

  private static Arguments parseRun(String... words) {
    Set<String> known = Set.of("--config", "--data", "--http");
    Map<String, String> options = new HashMap<>();
    for (int i = 1; i < words.length; i += 2) {
      if (!known.contains(words[i])) {
        return wrong("run has no option \"" + words[i] + "\"");
      }
      if (i + 1 == words.length) {
        return wrong(words[i] + " needs a value");
      }
      options.put(words[i], words[i + 1]);
    }
    String config = options.get("--config");
    String data = options.get("--data");
    if (config == null || data == null) {
      return wrong("run needs --config DIR and --data DIR");
    }
    return port(options.getOrDefault("--http", "8080"), Path.of(config), Path.of(data));
  }

  private static Arguments port(String text, Path config, Path data) {
    if (!text.matches("[0-9]{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > 65_535) {
      return wrong("--http needs a port from 1 to 65535, not \"" + text + "\"");
    }
    return new Run(config, data, Integer.parseInt(text));
  }

  private static Wrong wrong(String message) {
    return new Wrong(message);
  }
}
