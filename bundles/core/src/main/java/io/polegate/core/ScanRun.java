package io.polegate.core;

import io.polegate.api.driver.BusScan;
import io.polegate.api.driver.BusScan.Candidate;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.settings.Settings;
import io.polegate.api.tools.Scan;
import io.polegate.core.ScanTarget.NotAskedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scan: one candidate after the other, on a thread of its own that only waits while the probe
 * runs on the thread of an endpoint in operation. Thread-safe.
 */
final class ScanRun implements Scan {
  private static final Logger LOG = LoggerFactory.getLogger(ScanRun.class);

  private static final long MOST_MILLIS_TO_END = 2_000;

  /** Longer than a bus takes to be stopped and started anew. */
  private static final int MOST_TRIES = 100;

  private static final long NANOS_BETWEEN_TRIES = TimeUnit.MILLISECONDS.toNanos(100);

  private final Buses buses;
  private final Settings known;

  /** None when it has ended: what is kept of a scan must not keep a plugin that is removed. */
  private final AtomicReference<@Nullable DriverFactory> uses;

  private final ScanProgress progress = new ScanProgress();
  private final Map<String, String> down = new HashMap<>();
  private final Thread thread = new Thread(this::run, "bus-scan");
  private volatile boolean stopping;
  private volatile @Nullable ScanTarget target;

  ScanRun(Buses buses, DriverFactory factory, Settings known) {
    this.buses = buses;
    this.uses = new AtomicReference<>(factory);
    this.known = known;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  boolean uses(DriverFactory other) {
    return uses.get() == other;
  }

  @Override
  public Progress progress() {
    return progress.now();
  }

  @Override
  public void stop() {
    stopping = true;
  }

  /** Ends it now, also in the middle of a probe; waits a moment for that. */
  void cutOff() {
    stopping = true;
    ScanTarget hanging = target;
    if (hanging != null) {
      hanging.close();
    }
    try {
      thread.join(MOST_MILLIS_TO_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    DriverFactory factory = uses.get();
    if (factory != null) {
      scan(factory);
    }
    uses.set(null);
  }

  private void scan(DriverFactory factory) {
    try {
      Optional<String> mistake = mistake(factory);
      if (mistake.isPresent()) {
        progress.ended(State.FAILED, mistake.get());
        return;
      }
      List<Candidate> candidates = List.copyOf(((BusScan) factory).candidates(known));
      if (candidates.isEmpty()) {
        progress.ended(State.FAILED, "nothing to try: say more under \"known\", the host or port");
        return;
      }
      progress.plan(candidates);
      for (Candidate candidate : candidates) {
        if (stopping) {
          break;
        }
        tryOne(factory, candidate);
      }
      end();
    } catch (RuntimeException | Error e) {
      LOG.error("scan with driver \"{}\" broke", factory.name(), e);
      progress.ended(State.FAILED, "the driver failed: " + Errors.inWords(e));
    } finally {
      closeTarget();
    }
  }

  /** What is wrong with what is known; what is missing is found out. */
  private Optional<String> mistake(DriverFactory factory) {
    return factory.busSettings().check(known).stream()
        .filter(problem -> known.texts().containsKey(problem.key()))
        .map(problem -> problem.key() + " " + Errors.inWords(problem))
        .findFirst();
  }

  private void end() {
    if (stopping) {
      progress.ended(State.STOPPED, "");
    } else if (progress.now().tried() == 0 && !down.isEmpty()) {
      progress.ended(State.FAILED, String.join("; ", down.values()));
    } else {
      progress.ended(State.DONE, "");
    }
  }

  private void tryOne(DriverFactory factory, Candidate candidate) {
    String place = "";
    try {
      Optional<Endpoint> endpoint = EndpointPlan.endpoint(factory, candidate.bus());
      place = endpoint.map(Endpoint::name).orElse("bus " + candidate.bus().texts());
      if (down.containsKey(place)) {
        progress.skipped(candidate);
      } else {
        askInTurn(factory, candidate, endpoint);
      }
    } catch (EndpointDownException | EndpointPlan.EndpointUnknownException e) {
      LOG.debug("scan goes past \"{}\"", place, e);
      down.put(place, Errors.inWords(e));
      progress.skipped(candidate);
      closeTarget();
    }
  }

  /** A bus that is just being stopped, started or flooded with jobs is no endpoint that is down. */
  private void askInTurn(DriverFactory factory, Candidate candidate, Optional<Endpoint> endpoint)
      throws EndpointDownException {
    for (int i = 0; i < MOST_TRIES && !stopping; i++) {
      try {
        ScanTarget at = targetFor(factory, candidate, endpoint);
        if (!stopping) {
          at.open();
          probe(at, candidate);
        }
        return;
      } catch (NotAskedException e) {
        LOG.debug("scan waits for its turn", e);
        closeTarget();
        LockSupport.parkNanos(this, NANOS_BETWEEN_TRIES);
      }
    }
    if (!stopping) {
      throw new EndpointDownException("too much waits for the endpoint");
    }
  }

  /** A peer that hangs up on a wrong question is there all the same: it is opened anew. */
  private void probe(ScanTarget at, Candidate candidate) throws NotAskedException {
    try {
      at.probe(candidate.device()).ifPresent(answer -> progress.found(candidate, answer));
    } catch (EndpointDownException e) {
      LOG.debug("probe ended with the endpoint", e);
      closeTarget();
    }
    progress.tried(candidate);
  }

  private ScanTarget targetFor(
      DriverFactory factory, Candidate candidate, Optional<Endpoint> endpoint)
      throws EndpointDownException {
    ScanTarget there = target;
    if (there != null && there.serves(candidate.bus())) {
      return there;
    }
    closeTarget();
    ScanTarget made = target(factory, candidate.bus(), endpoint);
    target = made;
    return made;
  }

  private ScanTarget target(DriverFactory factory, Settings bus, Optional<Endpoint> endpoint)
      throws EndpointDownException {
    Optional<Buses.BusPlace> host = endpoint.flatMap(there -> buses.host(there, factory, bus));
    return host.isPresent()
        ? new ScanGuest(buses, host.get(), bus)
        : ScanDriver.of(buses, factory, bus, endpoint);
  }

  private void closeTarget() {
    ScanTarget there = target;
    target = null;
    if (there != null) {
      there.close();
    }
  }
}
