package io.polegate.dist;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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

  /**
   * Print a JSON schema and end.
   *
   * @param of {@code document} or {@code profile}
   * @param data whose plugins are known to it; empty for none
   */
  record Schema(String of, Optional<Path> data) implements Arguments {}

  /**
   * Set, list or remove secrets and end.
   *
   * @param command for the configuration bundle: {@code set NAME}, {@code list} or {@code remove
   *     NAME}
   */
  record Secret(List<String> command, Path config, Path data) implements Arguments {
    /** Copies the list. */
    public Secret {
      command = List.copyOf(command);
    }
  }

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
             polegate schema document|profile [--data DIR]
             polegate secret set NAME --config DIR --data DIR
             polegate secret list --config DIR --data DIR
             polegate secret remove NAME --config DIR --data DIR
             polegate version
      DIR of --config holds pole.yaml; DIR of --data is made if it is not there.
      schema prints what editors need to help with documents and profiles.
      check with --data knows the drivers in DIR/plugins and the secrets of this pole as well.
      secret set reads the value from standard input; a gateway may run meanwhile.
      --http is the console's port on 127.0.0.1, 8080 if not given.
      Exit codes: 0 good, 1 refused (the reasons are on stderr), 2 wrong usage.
      """;

  /** Understands the command line. */
  static Arguments parse(String... words) {
    String verb = words.length == 0 ? "" : words[0];
    String last = words.length == 0 ? "" : words[words.length - 1];
    if (last.equals("--help") || last.equals("-h")) {
      return new Help();
    }
    return switch (verb) {
      case "run" -> parseRun(words);
      case "check" -> parseCheck(words);
      case "schema" -> parseSchema(words);
      case "secret" -> parseSecret(words);
      case "version", "--version" ->
          words.length == 1 ? new Version() : wrong("version takes nothing");
      case "help" -> new Help();
      case "" -> wrong("say run, check, schema, secret or version");
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

  private static Arguments parseSchema(String... words) {
    boolean data = words.length == 4 && words[2].equals("--data");
    boolean known = words.length > 1 && Set.of("document", "profile").contains(words[1]);
    if (!known || (words.length != 2 && !data)) {
      return wrong("schema takes document or profile, and --data DIR if plugins count");
    }
    return new Schema(words[1], data ? Optional.of(Path.of(words[3])) : Optional.empty());
  }

  private static Arguments parseSecret(String... words) {
    int command = words.length > 1 && words[1].equals("list") ? 1 : 2;
    if (words.length <= command || !Set.of("set", "list", "remove").contains(words[1])) {
      return wrong("secret takes set NAME, list or remove NAME");
    }
    return options(
        "secret",
        Set.of("--config", "--data"),
        Arrays.copyOfRange(words, command + 1, words.length),
        options ->
            new Secret(
                List.of(words).subList(1, command + 1),
                Path.of(options.getOrDefault("--config", "")),
                Path.of(options.getOrDefault("--data", ""))));
  }

  private static Arguments parseRun(String... words) {
    return options(
        "run",
        Set.of("--config", "--data", "--http"),
        Arrays.copyOfRange(words, 1, words.length),
        options ->
            port(
                options.getOrDefault("--http", "8080"),
                Path.of(options.getOrDefault("--config", "")),
                Path.of(options.getOrDefault("--data", ""))));
  }

  /** Options with their values; both folders are always needed. */
  private static Arguments options(
      String verb,
      Set<String> known,
      String[] words,
      Function<Map<String, String>, Arguments> meaning) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      if (!known.contains(words[i])) {
        return wrong(verb + " has no option \"" + words[i] + "\"");
      }
      if (i + 1 == words.length) {
        return wrong(words[i] + " needs a value");
      }
      options.put(words[i], words[i + 1]);
    }
    if (!options.keySet().containsAll(Set.of("--config", "--data"))) {
      return wrong(verb + " needs --config DIR and --data DIR");
    }
    return meaning.apply(options);
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
