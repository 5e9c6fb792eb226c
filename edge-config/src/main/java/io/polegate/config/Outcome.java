package io.polegate.config;

import io.polegate.api.config.PoleSpec;
import java.util.List;
import java.util.Optional;

/**
 * What came of checking a document.
 *
 * @param spec empty if there is any problem
 * @param problems in the order of the document
 */
record Outcome(Optional<PoleSpec> spec, List<Problem> problems) {
  Outcome {
    problems = List.copyOf(problems);
  }
}
