package io.polegate.config;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Checks documents against the fakes. */
final class Checks {
  private Checks() {}

  static DocumentCheck withFakes() {
    return new DocumentCheck(
        Plugins.of(List.of(FakeModbus.rtu(), FakeModbus.tcp()), List.of(new FakeJson())));
  }

  static Outcome of(String document) {
    return of(document.getBytes(StandardCharsets.UTF_8));
  }

  static Outcome of(byte[] document) {
    return withFakes().check("pole.yaml", document);
  }

  /** All problems, one a line. */
  static String messages(Outcome outcome) {
    StringBuilder lines = new StringBuilder();
    outcome.problems().forEach(problem -> lines.append(problem.text()).append('\n'));
    return lines.toString();
  }
}
