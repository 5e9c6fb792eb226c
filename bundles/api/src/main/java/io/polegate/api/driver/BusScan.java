package io.polegate.api.driver;

import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Optional capability of a {@link DriverFactory}: knows where devices may be that nobody
 * configured. Its drivers are {@link DeviceProbe}s. Thread-safe.
 */
public interface BusScan {

  /**
   * What is worth trying, the likeliest first. Candidates with equal bus settings that follow each
   * other share one open driver. No I/O but a look at which ports this machine has.
   *
   * @param known bus settings that are certain, as they would be written; every other setting that
   *     matters is varied
   */
  List<Candidate> candidates(Settings known);

  /**
   * One try.
   *
   * @param bus complete settings of the bus
   * @param device complete settings of the device
   * @param atMost the longest that the probe takes
   */
  record Candidate(Settings bus, Settings device, Duration atMost) {}
}
