package io.polegate.config;

import io.polegate.api.driver.DriverFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks documents against the fakes. */
final class Checks {
  private Checks() {}

  static DocumentCheck withFakes() {
    return with(FakeModbus.rtu(), FakeModbus.tcp());
  }

  /** Against these drivers, which are part of the gateway. */
  static DocumentCheck with(DriverFactory... drivers) {
    return new DocumentCheck(
        plugins(drivers), name -> name.equals("known") ? Optional.of("s3cret") : Optional.empty());
  }

  /** What documents for the fakes may name. */
  static Plugins plugins() {
    return plugins(FakeModbus.rtu(), FakeModbus.tcp());
  }

  private static Plugins plugins(DriverFactory... drivers) {
    return Plugins.of(
        Stream.of(drivers)
            .map(driver -> new Plugins.Offered(driver.name(), driver, false))
            .toList(),
        List.of(new FakeJson()));
  }

  static Outcome of(String document) {
    return of(document.getBytes(StandardCharsets.UTF_8));
  }

  static Outcome of(byte[] document) {
    return withFakes().check(Path.of("pole.yaml"), document);
  }

  /** All problems, one a line. */
  static String messages(Outcome outcome) {
    StringBuilder lines = new StringBuilder();
    outcome.problems().forEach(problem -> lines.append(problem.text()).append('\n'));
    return lines.toString();
  }
}
