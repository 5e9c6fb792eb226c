package io.polegate.config;

import io.polegate.api.config.PoleSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands that the launcher passes on: {@code check FILE}, {@code run} and {@code secret}.
 * Thread-safe.
 */
final class Commands {
  static final int GOOD = 0;
  static final int REFUSED = 1;
  static final int WRONG_USAGE = 2;
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
  private static final int MAX_SECRET_BYTES = 20_000;
  private final Streams streams;
  private final PrintStream out;
  private final PrintStream err;
  private final Gateway gateway;
  private final Supplier<Plugins> plugins;

  /**
   * Of the process.
   *
   * @param in the value of a secret
   * @param out what is good
   * @param err what is wrong
   */
  record Streams(InputStream in, PrintStream out, PrintStream err) {}

  Commands(Streams streams, Gateway gateway, Supplier<Plugins> plugins) {
    this.plugins = plugins;
    this.streams = streams;
    this.out = streams.out();
    this.err = streams.err();
    this.gateway = gateway;
  }

  /** Carries out a command; gives the exit code. */
  int call(String... arguments) {
    try {
      String verb = arguments.length == 0 ? "" : arguments[0];
      return switch (verb + "/" + arguments.length) {
        case "check/2" -> check(arguments[1]);
        case "run/1" -> gateway.run();
        case "schema/2" -> schema(arguments[1]);
        case "secret/2", "secret/3" -> secret(arguments);
        default -> wrongUsage();
      };
    } catch (RuntimeException e) {
      LOG.error("a command failed", e);
      err.println("this is a fault of the gateway: " + e + "; the log has the details");
      return REFUSED;
    }
  }

  private int wrongUsage() {
    err.println(
        "usage: check FILE | run | schema document | schema profile | secret set NAME | secret list | secret remove NAME");
    return WRONG_USAGE;
  }

  /** For editors; knows the drivers and formats that are installed. */
  private int schema(String of) {
    switch (of) {
      case "document" -> out.print(DocumentSchema.document(plugins.get()));
      case "profile" -> out.print(DocumentSchema.profile(plugins.get()));
      default -> {
        return wrongUsage();
      }
    }
    return GOOD;
  }

  private int check(String file) {
    Path path;
    try {
      path = Path.of(file);
    } catch (InvalidPathException e) {
      LOG.debug("not a path", e);
      err.println(Findings.quote(file) + " is not a path: check it");
      return REFUSED;
    }
    Outcome outcome = gateway.check(path);
    outcome.problems().forEach(problem -> err.println(problem.text()));
    if (outcome.isGood()) {
      outcome.spec().ifPresent(spec -> printCounts(file, spec));
      outcome.loads().forEach(load -> out.println(load.text()));
    }
    outcome.notes().forEach(note -> out.println("note: " + note.text()));
    return outcome.isGood() ? GOOD : REFUSED;
  }

  private void printCounts(String file, PoleSpec good) {
    out.printf(
        Locale.ROOT,
        "%s: ok (buses %d, devices %d, points %d, connections %d)%n",
        file,
        good.buses().size(),
        good.devices().size(),
        good.devices().stream().mapToInt(device -> device.points().size()).sum(),
        good.connections().size());
  }

  private int secret(String... arguments) {
    Optional<SecretFile> secrets = gateway.secrets();
    if (secrets.isEmpty()) {
      err.println("the properties polegate.config and polegate.data are not set");
      return REFUSED;
    }
    try {
      return switch (arguments[1] + "/" + arguments.length) {
        case "list/2" -> {
          secrets.get().names().forEach(out::println);
          yield GOOD;
        }
        case "set/3" -> set(secrets.get(), arguments[2]);
        case "remove/3" -> remove(secrets.get(), arguments[2]);
        default -> wrongUsage();
      };
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("secret refused", e);
      err.println(e instanceof IOException ? e.toString() : e.getMessage());
      return REFUSED;
    }
  }

  /** The value comes on the standard input: arguments can be seen by every user of the machine. */
  private int set(SecretFile secrets, String name) throws IOException {
    byte[] read = streams.in().readNBytes(MAX_SECRET_BYTES);
    String value = new String(read, StandardCharsets.UTF_8).replaceFirst("\r?\n\\z", "");
    secrets.put(name, value);
    out.println("secret \"" + name + "\" is set; a running gateway takes it within a minute");
    return GOOD;
  }

  private int remove(SecretFile secrets, String name) throws IOException {
    Path document = gateway.document().orElseThrow();
    if (Files.exists(document)
        && Files.readString(document).contains(LiveSecrets.reference(name))) {
      err.println(document + " names the secret " + Findings.quote(name) + ": change it first");
      return REFUSED;
    }
    if (!secrets.names().contains(name)) {
      err.println("there is no secret " + Findings.quote(name));
      return REFUSED;
    }
    secrets.remove(name);
    out.println("secret \"" + name + "\" is removed");
    return GOOD;
  }
}
