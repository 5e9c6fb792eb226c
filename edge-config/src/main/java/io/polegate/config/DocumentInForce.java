package io.polegate.config;

import io.polegate.api.config.PoleSpec;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The document that the gateway follows, kept in step with what is installed. The text that counts
 * is the one that was brought into force, not the one in the file. Thread-safe: documents are
 * brought into force one after the other.
 */
final class DocumentInForce {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentInForce.class);
  private final BiFunction<String, byte[], Outcome> check;
  private final Function<PoleSpec, List<String>> apply;
  private final Consumer<List<Problem>> leftOut;
  private final Set<Problem> told = new HashSet<>();
  private Optional<Held> held = Optional.empty();

  /** A document that can be brought into force again, even if it is refused by now. */
  static final class Held {
    private final String file;
    private final byte[] content;
    private final Outcome outcome;

    private Held(String file, byte[] content, Outcome outcome) {
      this.file = file;
      this.content = content.clone();
      this.outcome = outcome;
    }
  }

  /**
   * Nothing is in force yet.
   *
   * @param check checks a document, by its name and content
   * @param apply brings a document into force, and gives what went wrong, one line each
   * @param leftOut is told, once each, why parts of the document are left out
   */
  DocumentInForce(
      BiFunction<String, byte[], Outcome> check,
      Function<PoleSpec, List<String>> apply,
      Consumer<List<Problem>> leftOut) {
    this.check = check;
    this.apply = apply;
    this.leftOut = leftOut;
  }

  /**
   * Brings a document into force.
   *
   * @param name as messages name it
   * @param outcome of checking it; it has a specification
   * @return what went wrong in the parts of the gateway, one line each; empty if nothing
   */
  synchronized List<String> bring(String name, byte[] document, Outcome outcome) {
    held = Optional.of(new Held(name, document, outcome));
    return bring(outcome);
  }

  /** What is in force; empty before the first. */
  synchronized Optional<Held> held() {
    return held;
  }

  /** Whether the document in force contains this text. */
  boolean contains(String text) {
    return held()
        .map(present -> new String(present.content, StandardCharsets.UTF_8).contains(text))
        .orElse(false);
  }

  /** Brings an earlier document into force again, with what is installed by now. */
  synchronized void restore(Held earlier) {
    Outcome now = check.apply(earlier.file, earlier.content);
    Outcome usable = now.spec().isPresent() ? now : earlier.outcome;
    bring(earlier.file, earlier.content, usable).forEach(LOG::error);
  }

  /**
   * What documents may name has changed (drivers, secrets): checks the document again, so that what
   * uses it starts or stops, and all else goes on.
   */
  synchronized void again() {
    held.ifPresent(
        present -> {
          Outcome now = check.apply(present.file, present.content);
          if (now.spec().isPresent()) {
            bring(present.file, present.content, now);
          } else {
            LOG.error(
                "the document in force is wrong by now, and stays: {}",
                now.problems().get(0).text());
          }
        });
  }

  private List<String> bring(Outcome outcome) {
    List<Problem> problems = outcome.problems();
    told.retainAll(problems);
    List<Problem> fresh = problems.stream().filter(told::add).toList();
    if (!fresh.isEmpty()) {
      leftOut.accept(fresh);
    }
    return outcome.spec().map(apply).orElse(List.of());
  }
}
