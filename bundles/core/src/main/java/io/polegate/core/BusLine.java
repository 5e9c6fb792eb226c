package io.polegate.core;

import io.polegate.api.config.BusSpec;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.SampleTime;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Sample;
import io.polegate.api.live.BusStatus;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The work of one bus, one step at a time: open the endpoint, commands, then the device whose turn
 * it is. {@link #step} belongs to the thread of the bus; everything else may be called from any
 * thread.
 */
final class BusLine {
  static final int MOST_QUEUED_COMMANDS = 64;

  /**
   * After so many commands in a row a read that is due goes first, so that a flood of commands
   * blinds nobody.
   */
  private static final int MOST_COMMANDS_IN_A_ROW = 16;

  /** A bus that was lost sooner than this after it opened is retried with growing pauses. */
  private static final long STABLE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final BusSpec spec;
  private final GuardedDriver driver;
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
  private long openedNanos;
  private Told told = Told.NOTHING;
  private volatile Condition condition = new Condition(false, "");

  private record Condition(boolean open, String message) {}

  /** What platforms know of this bus. */
  private enum Told {
    NOTHING,
    OPEN,
    DOWN
  }

  BusLine(
      BusSpec spec,
      GuardedDriver driver,
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

  /** Queues a command; false when the queue is full. */
  boolean offer(PendingCommand command) {
    return commands.offer(command);
  }

  /** Takes a command back; false when it had its turn or its answer already. */
  boolean withdraw(PendingCommand command) {
    return commands.remove(command);
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
    } catch (EndpointDownException e) {
      lost(Errors.inWords(e));
      return false;
    }
    openedNanos = nanos.getAsLong();
    condition = new Condition(true, "");
    return true;
  }

  /** The oldest command that may go now; those that may cost a time-out let owed reads pass. */
  private Optional<PendingCommand> nextCommand(long now) {
    if (commandsInARow >= MOST_COMMANDS_IN_A_ROW && turns.untilNext(now) == 0) {
      return Optional.empty();
    }
    boolean owed = turns.owesHealthyRead(now);
    return commands.stream()
        .filter(command -> !(owed && command.device().isSuspect()))
        .findFirst()
        .filter(commands::remove);
  }

  private void run(PendingCommand command) {
    if (nanos.getAsLong() - command.deadlineNanos() > 0) {
      command.refused("too late: the deadline passed while the command waited for the bus");
      return;
    }
    long started = nanos.getAsLong();
    SampleTime time = trust.now();
    try {
      commandRun.run(command);
      worked();
    } catch (DeviceSilentException e) {
      silent(command.device(), e, time, started);
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
      worked();
      device.answered(samples, time, started);
      if (device.isSuspect()) {
        turns.tookTimeout(nanos.getAsLong());
      }
    } catch (DeviceSilentException e) {
      silent(device, e, time, started);
    } catch (EndpointDownException e) {
      lost(Errors.inWords(e));
    }
  }

  private void silent(
      PolledDevice device, DeviceSilentException e, SampleTime time, long startedNanos) {
    long now = nanos.getAsLong();
    device.failed(BadReason.DEVICE_SILENT, Errors.inWords(e), time, startedNanos, now);
    turns.tookTimeout(now);
  }

  /**
   * An answer came. Only now the bus is reported open, and only a bus that stood for a while starts
   * its pauses anew: one that opens and breaks again and again would flood the journal.
   */
  private void worked() {
    if (told != Told.OPEN) {
      told = Told.OPEN;
      events.busOpened(spec.id());
    }
    if (nanos.getAsLong() - openedNanos >= STABLE_NANOS) {
      backOff.succeeded();
    }
  }

  private void lost(String message) {
    driver.close();
    condition = new Condition(false, message);
    long now = nanos.getAsLong();
    openAtNanos = now + backOff.failed().toNanos();
    if (told != Told.DOWN) {
      told = Told.DOWN;
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

  /** Closes the endpoint, which ends a blocked call of the driver. */
  void close() {
    driver.close();
  }

  /** Says that the work has ended, and answers what still waits. */
  void stopped() {
    condition = new Condition(false, "stopped");
    failCommands("the bus was stopped before the command had its turn");
  }

  /** How it is doing. */
  BusStatus status() {
    Condition now = condition;
    return new BusStatus(
        spec.id(), spec.driver(), now.open(), now.message(), commands.size(), 0, false);
  }
}
