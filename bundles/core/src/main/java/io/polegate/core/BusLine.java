package io.polegate.core;

import io.polegate.api.config.BusSpec;
import io.polegate.api.data.SampleTime;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Sample;
import io.polegate.api.live.BusStatus;
import io.polegate.api.settings.Settings;
import io.polegate.api.time.PoleClock;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One bus at an endpoint: its driver and what becomes of each call. Belongs to the thread of the
 * endpoint, where {@link EndpointWork} decides what is done when; {@link #cutOff}, {@link #isOpen},
 * {@link #devices}, {@link #trace} and {@link #status} may be called from any thread.
 */
final class BusLine {
  private final BusSpec spec;
  private final GuardedDriver driver;
  private final BusCalls calls;
  private final Proofs proofs = new Proofs();
  private final CommandRun commandRun;
  private final ProofRun proofRun;
  private final SetupRun setupRun;
  private final HeartbeatRun heartbeatRun;
  private final BusTrace trace;
  private final PushIntake pushes;
  private final Overload overload;
  private final BusState state;
  private final PoleClock clock;
  private final LongSupplier nanos;
  private volatile Lineup lineup;

  /** What a bus is made of. */
  record Parts(GuardedDriver driver, Lineup lineup, BusTrace trace, PushIntake pushes) {}

  BusLine(
      BusSpec spec,
      Parts parts,
      BackOff backOff,
      PoleClock clock,
      EventLog events,
      LongSupplier nanos) {
    this.spec = spec;
    this.driver = parts.driver();
    this.lineup = parts.lineup();
    this.trace = parts.trace();
    this.pushes = parts.pushes();
    FreshRead reads = new FreshRead(driver, clock, nanos);
    this.proofRun = new ProofRun(reads, proofs, nanos);
    this.commandRun = new CommandRun(driver, reads, proofRun, nanos);
    this.setupRun = new SetupRun(driver, reads, events, nanos);
    this.heartbeatRun = new HeartbeatRun(driver, events, nanos);
    this.state = new BusState(spec.id(), backOff, events, nanos.getAsLong());
    this.overload = new Overload(spec.id(), events);
    this.calls = new BusCalls(parts, state, overload, clock, nanos, this::lost);
    this.clock = clock;
    this.nanos = nanos;
  }

  String id() {
    return spec.id();
  }

  BusSpec spec() {
    return spec;
  }

  List<PolledDevice> devices() {
    return lineup.devices();
  }

  Lineup lineup() {
    return lineup;
  }

  GuardedDriver driver() {
    return driver;
  }

  BusTrace trace() {
    return trace;
  }

  PushIntake pushes() {
    return pushes;
  }

  boolean isOpen() {
    return state.condition().open();
  }

  /** Whether it has not been opened yet, or is stopped: nothing is known of its endpoint. */
  boolean isUntried() {
    return state.condition().untried();
  }

  /** Nanoseconds until it has to be opened; zero or less when it has to. */
  long opensIn(long nowNanos) {
    return state.opensIn(nowNanos);
  }

  /** Why it is not open, for a person. */
  String whyDown() {
    return "bus \"" + spec.id() + "\" is down: " + state.condition().message();
  }

  /** Tries to open the endpoint. */
  void open() {
    trace.serveNobody();
    try {
      driver.open();
      driver.subscribe(pushes.points(), pushes.begin());
    } catch (EndpointDownException e) {
      lost(Errors.inWords(e));
      return;
    }
    state.opened(nanos.getAsLong());
    devices().forEach(PolledDevice::busOpened);
  }

  /** Works for others from now on; the endpoint stays open, and who is in both is not touched. */
  void change(Lineup next) {
    Lineup before = lineup;
    long now = nanos.getAsLong();
    pushes.take();
    before.notIn(next).forEach(PolledDevice::retire);
    before.notIn(next).forEach(overload::silent);
    lineup = isOpen() ? next.after(before, now) : next;
    next.notIn(before).forEach(device -> arrive(device, now));
    if (pushes.change(next.readable()) && isOpen()) {
      subscribe();
    }
  }

  private void arrive(PolledDevice device, long now) {
    if (isOpen()) {
      device.busOpened();
    } else if (!isUntried()) {
      device.busLost(state.condition().message(), clock.now(), now);
    }
  }

  private void subscribe() {
    trace.serveNobody();
    try {
      driver.subscribe(pushes.points(), pushes.listener());
    } catch (EndpointDownException e) {
      lost(Errors.inWords(e));
    }
  }

  /** Carries out a command; false if the device or the bus did not answer in full. */
  boolean run(PendingCommand command) {
    return calls.make(command.device(), (time, started) -> commandRun.run(command));
  }

  /** Commands here that wait for their proof. */
  Proofs proofs() {
    return proofs;
  }

  /** Looks whether a command shows its effect; false as for {@link #run}. */
  boolean look(Unproved unproved) {
    return calls.make(unproved.device(), (time, started) -> proofRun.look(unproved));
  }

  /** Does the next thing for the values that a device has to have; false as for {@link #run}. */
  boolean setUp(PolledDevice device) {
    return calls.make(device, (time, started) -> setupRun.step(device));
  }

  /**
   * Reads a device.
   *
   * @param offPlanNanos time that the endpoint has spent on anything but polls that were answered
   * @return false if the device or the bus did not answer in full
   */
  boolean read(PolledDevice device, long offPlanNanos) {
    boolean wasHealthy = !device.isSuspect();
    return calls.make(
        device,
        (time, started) -> {
          List<Sample> samples = driver.read(device.wanted(started));
          if (wasHealthy) {
            overload.answered(device, -device.dueIn(started), offPlanNanos);
          }
          device.answered(samples, time, started);
          return !device.isSuspect();
        });
  }

  List<Heartbeat> heartbeats() {
    return lineup.heartbeats();
  }

  /** Writes a heartbeat; false if the device or the bus did not answer. */
  boolean beat(Heartbeat heartbeat) {
    if (!heartbeat.isLast()) {
      return calls.make(heartbeat.device(), (time, started) -> heartbeatRun.beat(heartbeat));
    }
    lineup = lineup.without(heartbeat::equals);
    boolean answered =
        calls.make(
            heartbeat.device(),
            (time, started) -> heartbeatRun.release(heartbeat, heartbeat.beat()));
    if (!answered) {
      lineup = lineup.without(beat -> beat.isLast() && beat.device() == heartbeat.device());
    }
    return answered;
  }

  /** Writes the releases of the heartbeats whose devices answer, as long as there is time. */
  void release(long untilNanos) {
    for (Heartbeat heartbeat : heartbeats()) {
      boolean inTime = nanos.getAsLong() - untilNanos < 0;
      if (inTime && isOpen() && !heartbeat.device().isAway()) {
        heartbeat
            .release()
            .ifPresent(
                value ->
                    calls.make(
                        heartbeat.device(),
                        (time, started) -> heartbeatRun.release(heartbeat, value)));
      }
    }
  }

  /** What a technician's tool does with the driver. */
  @FunctionalInterface
  interface Inquiry<T> {
    T ask(GuardedDriver driver) throws DriverException;
  }

  /**
   * Lets a tool use the driver. A device that does not answer a tool is not offline for that.
   *
   * @param device whom it asks, counted for the device that has these settings
   */
  <T> T ask(Settings device, Inquiry<T> inquiry) throws DriverException {
    return calls.ask(
        devices().stream().filter(d -> d.settings().equals(device)).findFirst(), inquiry);
  }

  private void lost(String message) {
    pushes.end();
    driver.close();
    long now = nanos.getAsLong();
    lineup = lineup.without(Heartbeat::isLast);
    devices().forEach(device -> device.busClosed(now));
    devices().forEach(overload::silent);
    SampleTime time = clock.now();
    if (state.lost(message, now)) {
      devices().forEach(device -> device.busLost(message, time, now));
    }
  }

  /** Ends the work in order, on the thread of the endpoint: what was reported so far counts. */
  void end() {
    pushes.end();
    driver.close();
    state.stopped();
  }

  /** Closes the endpoint, which ends a blocked call of the driver. */
  void cutOff() {
    driver.close();
  }

  /** Says that the work has ended. */
  void stopped() {
    state.stopped();
    proofs.giveUp(device -> true, "the bus was stopped before it was proved");
  }

  /**
   * How it is doing.
   *
   * @param queuedCommands that wait for it
   * @param load of its endpoint
   */
  BusStatus status(int queuedCommands, double load) {
    BusState.Condition now = state.condition();
    return new BusStatus(
        spec.id(),
        spec.driver(),
        now.open(),
        now.message(),
        queuedCommands,
        load,
        overload.overloaded(),
        state.openings());
  }
}
