package io.polegate.config;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.driver.DriverFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks into the bundle of the configuration, which exports nothing. */
public final class UnderstoodDocument {
  private UnderstoodDocument() {}

  /**
   * The devices of a good document.
   *
   * @throws AssertionError if it is not good
   */
  public static List<DeviceSpec> devices(String document, DriverFactory... drivers) {
    Plugins plugins =
        Plugins.of(
            Stream.of(drivers)
                .map(driver -> new Plugins.Offered(driver.name(), driver, false))
                .toList(),
            List.of());
    Outcome outcome =
        new DocumentCheck(plugins, name -> Optional.empty())
            .check(Path.of("target/pole.yaml"), document.getBytes(StandardCharsets.UTF_8));
    outcome.problems().stream()
        .findFirst()
        .ifPresent(
            problem -> {
              throw new AssertionError(problem.text());
            });
    return outcome.spec().orElseThrow().devices();
  }
}
