package io.polegate.config;

import io.polegate.api.config.PoleSpec;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands that the launcher passes on: {@code check FILE} and {@code run}. Thread-safe.
 *
 * @param out what is good
 * @param err what is wrong
 * @param folder with {@code pole.yaml}; empty if the launcher names none
 * @param plugins what documents may name at this moment
 * @param document brings a document into force
 */
record Commands(
    PrintStream out,
    PrintStream err,
    Optional<String> folder,
    Supplier<Plugins> plugins,
    DocumentInForce document) {
  static final int GOOD = 0;
  static final int REFUSED = 1;
  static final int WRONG_USAGE = 2;
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  /** Carries out a command; gives the exit code. */
  int call(String... arguments) {
    try {
      if (arguments.length == 2 && arguments[0].equals("check")) {
        return check(arguments[1]);
      }
      if (arguments.length == 1 && arguments[0].equals("run")) {
        return run();
      }
    } catch (RuntimeException e) {
      LOG.error("a command failed", e);
      err.println("this is a fault of the gateway: " + e + "; the log has the details");
      return REFUSED;
    }
    err.println("usage: check FILE | run");
    return WRONG_USAGE;
  }

  private int check(String file) {
    Optional<Path> path = path(file);
    if (path.isEmpty()) {
      return REFUSED;
    }
    Outcome outcome = new DocumentCheck(plugins.get(), Secrets.NONE).check(path.get());
    print(outcome);
    if (outcome.isGood()) {
      outcome.spec().ifPresent(spec -> printCounts(file, spec));
      outcome.loads().forEach(load -> out.println(load.text()));
      outcome.notes().forEach(note -> out.println("note: " + note.text()));
    }
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

  /** Buses of plugins may have problems here: those are logged, and all others run. */
  private int run() {
    if (folder.isEmpty()) {
      err.println("the property polegate.config is not set: name the folder of pole.yaml in it");
      return REFUSED;
    }
    Optional<Path> path = path(folder.get() + "/pole.yaml");
    if (path.isEmpty()) {
      return REFUSED;
    }
    Outcome outcome = document.apply(path.get());
    if (outcome.spec().isEmpty()) {
      print(outcome);
      return REFUSED;
    }
    return GOOD;
  }

  private void print(Outcome outcome) {
    outcome.problems().forEach(problem -> err.println(problem.text()));
  }

  private Optional<Path> path(String file) {
    try {
      return Optional.of(Path.of(file));
    } catch (InvalidPathException e) {
      LOG.debug("not a path", e);
      err.println(Findings.quote(file) + " is not a path: check it");
      return Optional.empty();
    }
  }
}
