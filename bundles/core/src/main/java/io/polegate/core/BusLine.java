package io.polegate.core;

import io.polegate.api.config.BusSpec;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.SampleTime;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Sample;
import io.polegate.api.live.BusStatus;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongSupplier;

/**
 * The work of one bus, one step at a time: open the endpoint, commands, then the device whose turn
 * it is. {@link #step} and {@link #stop} belong to the thread of the bus; {@link #offer} and {@link
 * #status} may be called from any thread.
 */
final class BusLine {
  static final int MOST_QUEUED_COMMANDS = 64;

  /**
   * After so many commands in a row a read that is due goes first, so that a flood of commands
   * blinds nobody.
   */
  private static final int MOST_COMMANDS_IN_A_ROW = 16;

  private final BusSpec spec;
  private final Driver driver;
  private final List<PolledDevice> devices;
  private final Turns turns;
  private final CommandRun commandRun;
  private final BackOff backOff;
  private final TimeTrust trust;
  private final EventLog events;
  private final LongSupplier nanos;
  private final BlockingQueue<PendingCommand> commands =
      new ArrayBlockingQueue<>(MOST_QUEUED_COMMANDS);
  private int commandsInARow;
  private long openAtNanos;
  private volatile Condition condition = new Condition(false, "");

  private record Condition(boolean open, String message) {}

  BusLine(
      BusSpec spec,
      Driver driver,
      List<PolledDevice> devices,
      BackOff backOff,
      TimeTrust trust,
      EventLog events,
      LongSupplier nanos) {
    this.spec = spec;
    this.driver = driver;
    this.devices = List.copyOf(devices);
    this.turns = new Turns(this.devices, spec.retryLimit().toNanos());
    this.commandRun = new CommandRun(driver, trust, nanos);
    this.backOff = backOff;
    this.trust = trust;
    this.events = events;
    this.nanos = nanos;
    this.openAtNanos = nanos.getAsLong();
  }

  Collection<PolledDevice> devices() {
    return devices;
  }

  Driver driver() {
    return driver;
  }

  /** Queues a command; false when the queue is full. */
  boolean offer(PendingCommand command) {
    return commands.offer(command);
  }

  /**
   * Does the one thing that is most urgent.
   *
   * @return nanoseconds until something is due; zero when it may be already
   */
  long step() {
    long now = nanos.getAsLong();
    if (!condition.open() && !opened(now)) {
      failCommands("bus \"" + spec.id() + "\" is down: " + condition.message());
      return Math.max(0, openAtNanos - nanos.getAsLong());
    }
    Optional<PendingCommand> command = nextCommand(now);
    if (command.isPresent()) {
      commandsInARow++;
      run(command.get());
      return 0;
    }
    Optional<PolledDevice> device = turns.next(now);
    if (device.isPresent()) {
      commandsInARow = 0;
      read(device.get());
      return 0;
    }
    return commands.isEmpty() ? turns.untilNext(now) : 0;
  }

  private boolean opened(long now) {
    if (now < openAtNanos) {
      return false;
    }
    try {
      driver.open();
    } catch (DriverException | RuntimeException | LinkageError e) {
      lost(Errors.inWords(e));
      return false;
    }
    condition = new Condition(true, "");
    events.busOpened(spec.id());
    return true;
  }

  private Optional<PendingCommand> nextCommand(long now) {
    PendingCommand head = commands.peek();
    if (head == null) {
      return Optional.empty();
    }
    boolean enough = commandsInARow >= MOST_COMMANDS_IN_A_ROW && turns.untilNext(now) == 0;
    boolean costly = head.device().isSuspect() && turns.owesHealthyRead(now);
    return enough || costly ? Optional.empty() : Optional.ofNullable(commands.poll());
  }

  private void run(PendingCommand command) {
    if (nanos.getAsLong() - command.deadlineNanos() > 0) {
      command.refused("too late: the deadline passed while the command waited for the bus");
      return;
    }
    SampleTime time = trust.now();
    try {
      commandRun.run(command);
      turns.took(false);
    } catch (DeviceSilentException e) {
      turns.took(true);
      command.device().failed(BadReason.DEVICE_SILENT, Errors.inWords(e), time, nanos.getAsLong());
      failOthersFor(command.device(), Errors.inWords(e));
    } catch (EndpointDownException e) {
      lost(Errors.inWords(e));
    }
  }

  /**
   * One command paid the time-out of a silent device; those that wait for the same device must not
   * pay it again.
   */
  private void failOthersFor(PolledDevice device, String message) {
    commands.removeIf(
        waiting -> {
          boolean same = waiting.device() == device;
          if (same) {
            waiting.failed("device did not answer the command before: " + message);
          }
          return same;
        });
  }

  private void read(PolledDevice device) {
    long started = nanos.getAsLong();
    SampleTime time = trust.now();
    try {
      List<Sample> samples = driver.read(device.wanted());
      if (samples.size() != device.wanted().size()) {
        throw new EndpointDownException("the driver answered " + samples.size() + " samples");
      }
      device.answered(samples, time, started);
      backOff.succeeded();
      turns.took(samples.stream().anyMatch(BusLine::isSilent));
    } catch (DeviceSilentException e) {
      device.failed(BadReason.DEVICE_SILENT, Errors.inWords(e), time, nanos.getAsLong());
      turns.took(true);
    } catch (DriverException | RuntimeException | LinkageError e) {
      lost(Errors.inWords(e));
    }
  }

  private static boolean isSilent(Sample sample) {
    return sample instanceof Sample.Bad bad && bad.reason() == BadReason.DEVICE_SILENT;
  }

  private void lost(String message) {
    driver.close();
    boolean known = !condition.message().isEmpty();
    condition = new Condition(false, message);
    long now = nanos.getAsLong();
    openAtNanos = now + backOff.failed().toNanos();
    if (!known) {
      SampleTime time = trust.now();
      events.busLost(spec.id(), message);
      devices.forEach(device -> device.busLost(message, time, now));
    }
  }

  private void failCommands(String message) {
    for (PendingCommand c = commands.poll(); c != null; c = commands.poll()) {
      c.failed(message);
    }
  }

  /** Ends the work: closes the endpoint and answers what still waits. */
  void stop() {
    driver.close();
    condition = new Condition(false, "stopped");
    failCommands("the bus was stopped before the command had its turn");
  }

  /** How it is doing. */
  BusStatus status() {
    Condition now = condition;
    return new BusStatus(spec.id(), spec.driver(), now.open(), now.message(), commands.size());
  }
}
