package io.polegate.core;

import io.polegate.api.live.BusStatus;
import io.polegate.core.Piece.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The work of one endpoint for all buses there, one piece at a time. What cannot cost a time-out
 * goes first (heartbeats, commands to devices that answer and looks at their effect); what may cost
 * one (an opening, a tool, anything for a silent device) waits while a device that answers has
 * waited through one already. {@link #step} and {@link #finish} belong to the thread of the
 * endpoint; everything else may be called from any thread.
 */
final class EndpointWork {
  /** Releases of heartbeats are begun no later than this after the stop. */
  private static final long RELEASE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final String DEVICE_CHANGED =
      "the device was changed or removed while the command waited: send it again";

  private static final String DEVICE_CHANGED_SINCE =
      "written; the device was changed or removed before it was proved";

  private static final List<Kind> COSTLY = List.of(Kind.OPEN, Kind.JOB, Kind.SUSPECT);

  private final List<BusLine> lines;
  private final Map<String, BusLine> byId = new HashMap<>();
  private final Turns turns;
  private final UrgentTurns urgent = new UrgentTurns();
  private final CommandQueue commands = new CommandQueue();
  private final JobQueue jobs = new JobQueue();
  private final LongSupplier nanos;
  private final LoadMeter load;
  private Kind lastPatient = Kind.READ;
  private int lastCostly;
  private long offPlanNanos;

  EndpointWork(List<BusLine> lines, LongSupplier nanos) {
    this.lines = List.copyOf(lines);
    lines.forEach(line -> byId.put(line.id(), line));
    this.turns = new Turns(lines.stream().flatMap(line -> line.devices().stream()).toList());
    this.nanos = nanos;
    this.load = new LoadMeter(nanos.getAsLong());
  }

  /** Gives one of the buses other devices; those that it keeps notice nothing. */
  void change(BusLine line, Lineup next) {
    line.change(next);
    turns.change(lines.stream().flatMap(each -> each.devices().stream()).toList());
    commands.fail(command -> command.device().isRetired(), DEVICE_CHANGED);
    line.proofs().giveUp(PolledDevice::isRetired, DEVICE_CHANGED_SINCE);
  }

  List<BusLine> lines() {
    return lines;
  }

  CommandQueue commands() {
    return commands;
  }

  JobQueue jobs() {
    return jobs;
  }

  /**
   * Does the one thing that is most urgent.
   *
   * @return nanoseconds until something is due; zero when it may be already
   */
  long step() {
    lines.forEach(line -> line.pushes().take());
    long now = nanos.getAsLong();
    lines.stream().filter(line -> line.opensIn(now) > 0).forEach(this::failWaiting);
    lines.forEach(line -> line.proofs().expire(now));
    Optional<Piece> piece = next(now);
    if (piece.isEmpty()) {
      return untilNext(now);
    }
    work(piece.get(), now);
    return 0;
  }

  private void failWaiting(BusLine line) {
    if (!line.isOpen()) {
      commands.fail(command -> lineOf(command) == line, line.whyDown());
      jobs.fail(job -> job.needs(line), line.whyDown());
    }
  }

  private void work(Piece piece, long startedNanos) {
    lastPatient = piece.kind().isUrgent() ? lastPatient : piece.kind();
    urgent.did(piece.kind());
    boolean answered = piece.work().getAsBoolean();
    long ended = nanos.getAsLong();
    load.busy(startedNanos, ended);
    if (!answered) {
      turns.tookTimeout(ended);
    }
    if (!answered || piece.kind().isOffPlan()) {
      offPlanNanos += ended - startedNanos;
    }
  }

  private Optional<Piece> next(long now) {
    boolean owed = turns.owesHealthyRead(now);
    return urgent(now, owed)
        // one at a time: whatever many devices need that came online, one read goes in between
        .or(() -> owed || lastPatient == Kind.SETUP ? Optional.empty() : setup(now))
        .or(() -> owed ? Optional.empty() : costly(now))
        .or(() -> turns.next(now).map(this::reading))
        .or(() -> setup(now));
  }

  private Optional<Piece> urgent(long now, boolean owed) {
    return urgent.isEnough() && isOtherWorkDue(now, owed)
        ? Optional.empty()
        : urgent.next(lines, now, owed, () -> command(!owed));
  }

  private boolean isOtherWorkDue(long now, boolean owed) {
    return turns.untilNext(now) == 0
        || (!owed && (opening(now).isPresent() || jobs.isReady() || setup(now).isPresent()));
  }

  private Optional<Piece> setup(long now) {
    return lines.stream()
        .flatMap(line -> line.devices().stream())
        .filter(device -> device.setup().isDue() && device.beatableIn(now) <= 0)
        .findFirst()
        .map(device -> new Piece(Kind.SETUP, () -> lineOf(device).setUp(device)));
  }

  private Optional<Piece> command(boolean mayCostTimeout) {
    return commands
        .next(command -> lineOf(command).isOpen(), mayCostTimeout)
        .map(command -> new Piece(Kind.COMMAND, () -> run(command)));
  }

  private boolean run(PendingCommand command) {
    if (nanos.getAsLong() - command.deadlineNanos() > 0) {
      command.refused("too late: the deadline passed while the command waited for the bus");
      return true;
    }
    if (command.device().isRetired()) {
      command.failed(DEVICE_CHANGED);
      return true;
    }
    boolean answered = lineOf(command).run(command);
    if (!answered && lineOf(command).isOpen() && command.device().isAway()) {
      // one command paid the time-out; those for the same device must not pay it again
      commands.fail(
          waiting -> waiting.device() == command.device(),
          "device did not answer the command before: " + command.device().lastError());
    }
    return answered;
  }

  /** Openings, tools and, while any of them wants to go, silent devices, in turns. */
  private Optional<Piece> costly(long now) {
    if (opening(now).isEmpty() && !jobs.isReady()) {
      return Optional.empty();
    }
    for (int i = 1; i <= COSTLY.size(); i++) {
      int which = (lastCostly + i) % COSTLY.size();
      Optional<Piece> piece = costly(COSTLY.get(which), now);
      if (piece.isPresent()) {
        lastCostly = which;
        return piece;
      }
    }
    return Optional.empty();
  }

  private Optional<Piece> costly(Kind kind, long now) {
    return switch (kind) {
      case OPEN -> opening(now).map(line -> new Piece(Kind.OPEN, () -> open(line)));
      case JOB -> jobs.next().map(job -> new Piece(Kind.JOB, () -> run(job)));
      default -> turns.suspect(now).map(this::reading);
    };
  }

  private Optional<BusLine> opening(long now) {
    return lines.stream()
        .filter(line -> line.opensIn(now) <= 0)
        .min(Comparator.comparingLong(line -> line.opensIn(now)));
  }

  /** It may have taken as long as a time-out, whether it went well or not. */
  private boolean open(BusLine line) {
    line.open();
    failWaiting(line);
    return false;
  }

  /** As {@link #open}. */
  private boolean run(Job<?> job) {
    jobs.run(job);
    return false;
  }

  private Piece reading(PolledDevice device) {
    BusLine line = lineOf(device);
    return new Piece(Kind.READ, () -> line.read(device, offPlanNanos));
  }

  private long untilNext(long now) {
    long until = turns.untilNext(now);
    for (BusLine line : lines) {
      until = Math.min(until, Math.max(0, line.opensIn(now)));
      until = Math.min(until, line.proofs().dueIn(now));
      for (Heartbeat beat : line.heartbeats()) {
        until = Math.min(until, Math.max(0, beat.dueIn(now)));
      }
    }
    return until;
  }

  private BusLine lineOf(PendingCommand command) {
    return lineOf(command.device());
  }

  private BusLine lineOf(PolledDevice device) {
    BusLine line = byId.get(device.bus());
    if (line == null) {
      throw new IllegalStateException("device \"" + device.id() + "\" is not at this endpoint");
    }
    return line;
  }

  /** Lets go in order: releases within their time, what was reported so far, then the drivers. */
  void finish() {
    long until = nanos.getAsLong() + RELEASE_NANOS;
    lines.forEach(line -> line.release(until));
    lines.forEach(BusLine::end);
    stopped();
  }

  /** Closes the drivers, which ends a blocked call. */
  void cutOff() {
    lines.forEach(BusLine::cutOff);
  }

  /** Says that the work has ended, and answers what still waits. */
  void stopped() {
    lines.forEach(BusLine::stopped);
    commands.fail(command -> true, "the bus was stopped before the command had its turn");
    jobs.failAll("the bus was stopped");
  }

  /** How a bus here is doing. */
  BusStatus status(BusLine line) {
    return line.status(commands.count(line.id()), load.share(nanos.getAsLong()));
  }
}
