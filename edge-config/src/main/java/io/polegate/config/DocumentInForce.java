package io.polegate.config;

import io.polegate.api.config.PoleSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The document that the gateway follows, kept in step with the drivers that are installed.
 * Thread-safe: changes are made one after the other.
 */
final class DocumentInForce {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentInForce.class);
  private final Supplier<Plugins> plugins;
  private final Consumer<PoleSpec> apply;
  private final Runnable pause;
  private final Set<Problem> told = new HashSet<>();
  private Optional<Path> accepted = Optional.empty();
  private byte[] content = {};

  /**
   * Nothing is in force yet.
   *
   * @param plugins what documents may name at this moment
   * @param apply brings a document into force
   * @param pause lets pass as much time as shows whether somebody is just writing a file
   */
  DocumentInForce(Supplier<Plugins> plugins, Consumer<PoleSpec> apply, Runnable pause) {
    this.plugins = plugins;
    this.apply = apply;
    this.pause = pause;
  }

  /** Checks a file and brings it into force, unless it is refused. */
  synchronized Outcome apply(Path path) {
    DocumentCheck check = new DocumentCheck(plugins.get(), Secrets.NONE);
    try {
      byte[] read = DocumentFile.load(path);
      Outcome outcome = check.check(path, read);
      if (outcome.spec().isPresent()) {
        accepted = Optional.of(path);
        content = read;
        bring(outcome);
      }
      return outcome;
    } catch (SyntaxException e) {
      return DocumentCheck.refused(e, new Findings(path.toString()));
    }
  }

  /**
   * A driver came or went: reads the document and checks it again, so that its buses start or stop
   * and all others go on. When somebody is just writing the file, or it is refused, the document in
   * force stays: half a document may well be one.
   */
  synchronized void driversChanged() {
    accepted.ifPresent(
        path -> {
          if (isBeingWritten(path)) {
            LOG.warn("\"{}\" is just being written, the document in force stays", path);
            stay(path);
            return;
          }
          Outcome now = apply(path);
          if (now.spec().isEmpty()) {
            LOG.warn(
                "\"{}\" was changed and is refused, the document in force stays: {}",
                path,
                now.problems().get(0).text());
            stay(path);
          }
        });
  }

  private void stay(Path path) {
    bring(new DocumentCheck(plugins.get(), Secrets.NONE).check(path, content));
  }

  private boolean isBeingWritten(Path path) {
    try {
      byte[] before = DocumentFile.load(path);
      if (Arrays.equals(before, content)) {
        return false;
      }
      pause.run();
      return !Arrays.equals(before, DocumentFile.load(path));
    } catch (SyntaxException e) {
      LOG.debug("\"{}\" cannot be read", path, e);
      return false; // and is refused for that
    }
  }

  private void bring(Outcome outcome) {
    List<Problem> problems = outcome.problems();
    told.retainAll(problems);
    problems.stream()
        .filter(told::add)
        .forEach(problem -> LOG.warn("a bus is left out: {}", problem.text()));
    outcome.spec().ifPresent(apply);
  }
}
