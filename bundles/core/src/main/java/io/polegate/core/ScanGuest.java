package io.polegate.core;

import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.settings.Settings;
import java.util.Optional;

/**
 * Asks through the driver of a bus in operation, where the scan looks at what that bus is connected
 * to: many peers take one connection only.
 */
final class ScanGuest implements ScanTarget {
  private final Buses buses;
  private final Buses.BusPlace host;
  private final Settings bus;

  ScanGuest(Buses buses, Buses.BusPlace host, Settings bus) {
    this.buses = buses;
    this.host = host;
    this.bus = bus;
  }

  @Override
  public boolean serves(Settings other) {
    return bus.equals(other)
        && buses.bus(host.line().id()).filter(now -> now.line() == host.line()).isPresent();
  }

  @Override
  public void open() throws EndpointDownException, NotAskedException {
    if (host.line().isUntried()) {
      throw new NotAskedException(host.line().whyDown());
    }
    if (!host.line().isOpen()) {
      throw new EndpointDownException(host.line().whyDown());
    }
  }

  @Override
  public Optional<String> probe(Settings device) throws EndpointDownException, NotAskedException {
    BusLine line = host.line();
    return ScanJobs.await(
        host.thread(),
        new Job<>(
            Optional.of(line),
            () -> line.ask(device, driver -> driver.probe(device)),
            Runnable::run));
  }

  @Override
  public void close() {
    // the bus goes on
  }
}
