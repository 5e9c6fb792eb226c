package io.polegate.config;

import io.polegate.api.config.PoleSpec;
import java.util.List;
import java.util.Optional;

/**
 * What came of checking a document.
 *
 * @param spec what can be brought into force; buses of plugins that are not there, or that refuse
 *     what is written, say so in it. Empty if anything else is wrong
 * @param problems in the order of the document
 * @param loads how busy each endpoint will be, in the order of the document; only those that can be
 *     foretold
 * @param notes what is not wrong, and yet somebody should know, in the order of the document
 */
record Outcome(
    Optional<PoleSpec> spec, List<Problem> problems, List<Load> loads, List<Problem> notes) {
  Outcome {
    notes = List.copyOf(notes);
    problems = List.copyOf(problems);
    loads = List.copyOf(loads);
  }

  /** Whether there is nothing to complain about. */
  boolean isGood() {
    return problems.isEmpty();
  }
}
