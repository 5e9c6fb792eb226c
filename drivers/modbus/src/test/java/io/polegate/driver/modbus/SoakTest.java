package io.polegate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.settings.Quantity;
import io.polegate.driver.modbus.SimulatedBus.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All faults at once on all four kinds of bus, polled without rest. Fifteen seconds, or as long as
 * {@code -Dpolegate.soak=10m} says.
 */
class SoakTest {
  private static final Duration LENGTH =
      Quantity.duration(System.getProperty("polegate.soak", "15s"));

  @TempDir Path folder = Path.of("");

  @Test
  void noWrongValueAndRecoveryInTimeUnderMixedFaults() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(Transport.values().length);
    try {
      List<Callable<Soak.Result>> soaks = new ArrayList<>();
      for (Transport transport : Transport.values()) {
        Path own = Files.createDirectory(folder.resolve(transport.name()));
        soaks.add(() -> new Soak(transport, own).run(LENGTH));
      }
      List<Soak.Result> results = new ArrayList<>();
      for (Future<Soak.Result> soak : threads.invokeAll(soaks)) {
        results.add(soak.get());
      }
      Files.write(Path.of("target", "soak.txt"), results.stream().map(Object::toString).toList());
      assertThat(results)
          .allSatisfy(
              result -> {
                assertThat(result.wrong()).isEmpty();
                assertThat(result.goodValues()).isGreaterThan(LENGTH.toSeconds() * 10);
                assertThat(result.faults().keySet()).containsAll(Soak.KINDS);
                assertThat(result.recoveries()).isPositive();
                assertThat(result.longestRecovery()).isLessThan(Soak.RECOVERY);
              });
    } finally {
      threads.shutdownNow();
    }
  }
}
