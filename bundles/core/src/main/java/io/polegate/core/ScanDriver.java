package io.polegate.core;

import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.settings.Settings;
import java.util.Optional;

/**
 * A driver that lives for some candidates of a scan. Each opening and each probe is a job of its
 * own on the thread of the endpoint, if a bus in operation is there, so that polls go on in
 * between; else it is done where it is called.
 */
final class ScanDriver implements ScanTarget {
  private final Buses buses;
  private final Settings bus;
  private final Optional<Endpoint> endpoint;
  private final GuardedDriver driver;
  private volatile boolean closed;
  private boolean open;

  private ScanDriver(Buses buses, Settings bus, Optional<Endpoint> endpoint, GuardedDriver driver) {
    this.buses = buses;
    this.bus = bus;
    this.endpoint = endpoint;
    this.driver = driver;
  }

  /**
   * Makes one; no I/O.
   *
   * @throws EndpointDownException if the plugin cannot
   */
  static ScanDriver of(
      Buses buses, DriverFactory factory, Settings bus, Optional<Endpoint> endpoint)
      throws EndpointDownException {
    try {
      Driver made = factory.create(bus);
      return new ScanDriver(buses, bus, endpoint, new GuardedDriver("scan", made, buses.trace()));
    } catch (Throwable e) {
      throw new EndpointDownException("the driver failed: " + Errors.inWords(e), e);
    }
  }

  @Override
  public boolean serves(Settings other) {
    return bus.equals(other);
  }

  @Override
  public void open() throws EndpointDownException, NotAskedException {
    if (!open) {
      atEndpoint(
          () -> {
            driver.open();
            return Optional.empty();
          });
      open = true;
    }
  }

  @Override
  public Optional<String> probe(Settings device) throws EndpointDownException, NotAskedException {
    return atEndpoint(() -> driver.probe(device));
  }

  @Override
  public void close() {
    closed = true;
    driver.close();
  }

  /** Looks anew each time where to do it: buses may start and stop while a scan runs. */
  private Optional<String> atEndpoint(Job.Task<Optional<String>> task)
      throws EndpointDownException, NotAskedException {
    Job<Optional<String>> job =
        new Job<>(Optional.empty(), () -> unlessClosed(task), Runnable::run);
    Optional<EndpointThread> thread = endpoint.flatMap(buses::at);
    if (thread.isPresent()) {
      return ScanJobs.await(thread.get(), job);
    }
    job.run();
    return ScanJobs.result(job);
  }

  /** A job that waited while this was closed must not open anything again. */
  private Optional<String> unlessClosed(Job.Task<Optional<String>> task) throws DriverException {
    if (closed) {
      throw new EndpointDownException("the scan was ended");
    }
    return task.run();
  }
}
