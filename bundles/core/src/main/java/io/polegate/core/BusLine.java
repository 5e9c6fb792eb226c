package io.polegate.core;

import io.polegate.api.config.BusSpec;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.SampleTime;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Sample;
import io.polegate.api.live.BusStatus;
import io.polegate.api.settings.Settings;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One bus at an endpoint: its driver and what becomes of each call. Belongs to the thread of the
 * endpoint, where {@link EndpointWork} decides what is done when; {@link #cutOff}, {@link #isOpen},
 * {@link #trace} and {@link #status} may be called from any thread.
 */
final class BusLine {
  private final BusSpec spec;
  private final GuardedDriver driver;
  private final List<PolledDevice> devices;
  private final List<Heartbeat> heartbeats;
  private final Proofs proofs = new Proofs();
  private final CommandRun commandRun;
  private final ProofRun proofRun;
  private final SetupRun setupRun;
  private final HeartbeatRun heartbeatRun;
  private final BusTrace trace;
  private final PushIntake pushes;
  private final Overload overload;
  private final BusState state;
  private final TimeTrust trust;
  private final LongSupplier nanos;

  /** What is on a bus. */
  record Parts(
      GuardedDriver driver,
      List<PolledDevice> devices,
      List<Heartbeat> heartbeats,
      BusTrace trace,
      PushIntake pushes) {}

  BusLine(
      BusSpec spec,
      Parts parts,
      BackOff backOff,
      TimeTrust trust,
      EventLog events,
      LongSupplier nanos) {
    this.spec = spec;
    this.driver = parts.driver();
    this.devices = List.copyOf(parts.devices());
    this.heartbeats = List.copyOf(parts.heartbeats());
    this.trace = parts.trace();
    this.pushes = parts.pushes();
    FreshRead reads = new FreshRead(driver, trust, nanos);
    this.proofRun = new ProofRun(reads, proofs, nanos);
    this.commandRun = new CommandRun(driver, reads, proofRun, nanos);
    this.setupRun = new SetupRun(driver, reads, events, nanos);
    this.heartbeatRun = new HeartbeatRun(driver, events, nanos);
    this.overload = new Overload(spec.id(), events);
    this.state = new BusState(spec.id(), backOff, events, nanos.getAsLong());
    this.trust = trust;
    this.nanos = nanos;
  }

  String id() {
    return spec.id();
  }

  BusSpec spec() {
    return spec;
  }

  List<PolledDevice> devices() {
    return devices;
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
    devices.forEach(PolledDevice::busOpened);
  }

  /** Carries out a command; false if the device or the bus did not answer in full. */
  boolean run(PendingCommand command) {
    return call(command.device(), (time, started) -> commandRun.run(command));
  }

  /** Commands here that wait for their proof. */
  Proofs proofs() {
    return proofs;
  }

  /** Looks whether a command shows its effect; false as for {@link #run}. */
  boolean look(Unproved unproved) {
    return call(unproved.device(), (time, started) -> proofRun.look(unproved));
  }

  /** Does the next thing for the values that a device has to have; false as for {@link #run}. */
  boolean setUp(PolledDevice device) {
    return call(device, (time, started) -> setupRun.step(device));
  }

  /**
   * Reads a device.
   *
   * @param offPlanNanos time that the endpoint has spent on anything but polls that were answered
   * @return false if the device or the bus did not answer in full
   */
  boolean read(PolledDevice device, long offPlanNanos) {
    boolean wasHealthy = !device.isSuspect();
    return call(
        device,
        (time, started) -> {
          List<Sample> samples = driver.read(device.wanted());
          if (wasHealthy) {
            overload.answered(device, -device.dueIn(started), offPlanNanos);
          }
          device.answered(samples, time, started);
          return !device.isSuspect();
        });
  }

  List<Heartbeat> heartbeats() {
    return heartbeats;
  }

  /** Writes a heartbeat; false if the device or the bus did not answer. */
  boolean beat(Heartbeat heartbeat) {
    return call(heartbeat.device(), (time, started) -> heartbeatRun.beat(heartbeat));
  }

  /** Writes the releases of the heartbeats whose devices answer, as long as there is time. */
  void release(long untilNanos) {
    for (Heartbeat heartbeat : heartbeats) {
      boolean inTime = nanos.getAsLong() - untilNanos < 0;
      if (inTime && isOpen() && !heartbeat.device().isAway()) {
        heartbeat
            .release()
            .ifPresent(
                value ->
                    call(
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
    trace.serveNobody();
    devices.stream().filter(d -> d.settings().equals(device)).findFirst().ifPresent(trace::serve);
    try {
      return inquiry.ask(driver);
    } catch (EndpointDownException e) {
      lost(Errors.inWords(e));
      throw e;
    } finally {
      trace.serveNobody();
    }
  }

  @FunctionalInterface
  private interface Call {
    boolean make(SampleTime time, long startedNanos)
        throws DeviceSilentException, EndpointDownException;
  }

  /** Makes a call for a device; false if it or the bus did not answer in full. */
  private boolean call(PolledDevice device, Call call) {
    long started = nanos.getAsLong();
    SampleTime time = trust.now();
    trace.serve(device);
    try {
      boolean answered = call.make(time, started);
      state.worked(nanos.getAsLong());
      return answered;
    } catch (DeviceSilentException e) {
      device.failed(BadReason.DEVICE_SILENT, Errors.inWords(e), time, started, nanos.getAsLong());
      overload.silent(device);
    } catch (EndpointDownException e) {
      lost(Errors.inWords(e));
    } finally {
      trace.serveNobody();
    }
    return false;
  }

  private void lost(String message) {
    pushes.end();
    driver.close();
    long now = nanos.getAsLong();
    devices.forEach(device -> device.busClosed(now));
    devices.forEach(overload::silent);
    SampleTime time = trust.now();
    if (state.lost(message, now)) {
      devices.forEach(device -> device.busLost(message, time, now));
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
        overload.overloaded());
  }
}
