package io.polegate.core;

import io.polegate.api.data.Bytes;
import io.polegate.api.driver.Browse;
import io.polegate.api.driver.BusScan;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.api.tools.BusTools;
import io.polegate.api.tools.Scan;
import io.polegate.api.tools.TracedFrame;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** What a technician may do with the buses beside commands. Thread-safe. */
final class Tools implements BusTools {
  private final Buses buses;
  private final EventLog events;
  private final Executor answers;
  private @Nullable ScanRun scan;

  /**
   * Tools on these buses.
   *
   * @param events told of each raw request, because it may write past all limits
   * @param answers gives the answers, so that no bus does what follows upon them
   */
  Tools(Buses buses, EventLog events, Executor answers) {
    this.buses = buses;
    this.events = events;
    this.answers = answers;
  }

  @Override
  public List<TracedFrame> trace(String bus) {
    return place(bus).line().trace().frames();
  }

  @Override
  public CompletionStage<Bytes> request(String bus, Settings device, Bytes request) {
    Buses.BusPlace place = place(bus);
    List<InvalidSettingException> problems = place.factory().deviceSettings().check(device);
    if (!problems.isEmpty()) {
      return CompletableFuture.failedStage(problems.get(0));
    }
    events.rawRequest(bus, device, request);
    return ask(place, device, driver -> driver.exchange(device, request));
  }

  @Override
  public CompletionStage<List<Browse.Node>> browse(String bus, String node) {
    return ask(place(bus), Settings.NONE, driver -> driver.children(node));
  }

  private <T> CompletionStage<T> ask(
      Buses.BusPlace place, Settings device, BusLine.Inquiry<T> inquiry) {
    BusLine line = place.line();
    Job<T> job = new Job<>(Optional.of(line), () -> line.ask(device, inquiry), answers);
    return place.thread().offer(job)
        ? job.answer()
        : CompletableFuture.failedStage(
            new RejectedExecutionException(
                "too much waits for bus \"" + line.id() + "\", or it is stopping"));
  }

  private Buses.BusPlace place(String bus) {
    return buses
        .bus(bus)
        .orElseThrow(
            () ->
                new UnknownNameException(
                    "there is no bus \""
                        + bus
                        + "\" in operation; there are: "
                        + String.join(", ", buses.ids())));
  }

  @Override
  public synchronized Optional<Scan> scan(String driver, Settings known) {
    DriverFactory factory =
        buses
            .driver(driver)
            .filter(BusScan.class::isInstance)
            .orElseThrow(
                () -> new UnknownNameException("there is no driver \"" + driver + "\" that scans"));
    if (scan != null && scan.progress().state() == Scan.State.RUNNING) {
      return Optional.empty();
    }
    ScanRun started = new ScanRun(buses, factory, known);
    started.start();
    scan = started;
    return Optional.of(started);
  }

  @Override
  public synchronized Optional<Scan> lastScan() {
    return Optional.ofNullable(scan);
  }

  /** Ends a scan that runs, also one that hangs in its driver. */
  synchronized void stop() {
    if (scan != null) {
      scan.cutOff();
    }
  }

  /** A driver goes: so does a scan with it. */
  synchronized void remove(DriverFactory factory) {
    if (scan != null && scan.uses(factory)) {
      scan.cutOff();
    }
  }
}
