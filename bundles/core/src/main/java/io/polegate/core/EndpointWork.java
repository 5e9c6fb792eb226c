package io.polegate.core;

import io.polegate.api.live.BusStatus;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The work of one endpoint for all buses there, one piece at a time. What cannot cost a time-out
 * goes first (heartbeats, commands to devices that answer); what may cost one (an opening, a tool,
 * anything for a silent device) waits while a device that answers has waited through one already.
 * {@link #step} and {@link #finish} belong to the thread of the endpoint; everything else may be
 * called from any thread.
 */
final class EndpointWork {
  /**
   * After so many heartbeats and commands in a row something else that is due goes first, so that a
   * flood of them blinds nobody.
   */
  private static final int MOST_URGENT_IN_A_ROW = 16;

  /** Releases of heartbeats are begun no later than this after the stop. */
  private static final long RELEASE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final String DEVICE_CHANGED =
      "the device was changed or removed while the command waited: send it again";

  private static final List<Kind> COSTLY = List.of(Kind.OPEN, Kind.JOB, Kind.SUSPECT);

  private final List<BusLine> lines;
  private final Map<String, BusLine> byId = new HashMap<>();
  private final Turns turns;
  private final CommandQueue commands = new CommandQueue();
  private final JobQueue jobs = new JobQueue();
  private final LongSupplier nanos;
  private final LoadMeter load;
  private int urgentInARow;
  private Kind lastKind = Kind.READ;
  private int lastCostly;
  private long offPlanNanos;

  private enum Kind {
    BEAT,
    COMMAND,
    OPEN,
    JOB,
    SUSPECT,
    READ
  }

  /**
   * One thing to do.
   *
   * @param work says whether all was answered
   */
  private record Piece(Kind kind, BooleanSupplier work) {}

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
    boolean urgent = piece.kind() == Kind.BEAT || piece.kind() == Kind.COMMAND;
    urgentInARow = urgent ? urgentInARow + 1 : 0;
    lastKind = piece.kind();
    boolean answered = piece.work().getAsBoolean();
    long ended = nanos.getAsLong();
    load.busy(startedNanos, ended);
    if (!answered) {
      turns.tookTimeout(ended);
    }
    if (!answered || piece.kind() == Kind.COMMAND) {
      offPlanNanos += ended - startedNanos;
    }
  }

  private Optional<Piece> next(long now) {
    boolean owed = turns.owesHealthyRead(now);
    return urgent(now, owed)
        .or(() -> owed ? Optional.empty() : costly(now))
        .or(() -> turns.next(now).map(this::reading));
  }

  private Optional<Piece> urgent(long now, boolean owed) {
    if (urgentInARow >= MOST_URGENT_IN_A_ROW && isOtherWorkDue(now, owed)) {
      return Optional.empty();
    }
    Optional<Piece> beat = lastKind == Kind.BEAT ? Optional.empty() : beat(now, owed);
    return beat.or(() -> command(!owed)).or(() -> beat(now, owed));
  }

  private boolean isOtherWorkDue(long now, boolean owed) {
    return turns.untilNext(now) == 0 || (!owed && (opening(now).isPresent() || jobs.isReady()));
  }

  private Optional<Piece> beat(long now, boolean owed) {
    return lines.stream()
        .flatMap(line -> line.heartbeats().stream())
        .filter(beat -> beat.dueIn(now) <= 0)
        .filter(beat -> !(owed && beat.device().isSuspect()))
        .min(
            Comparator.comparing((Heartbeat beat) -> !beat.isLast())
                .thenComparingLong(beat -> beat.dueIn(now)))
        .map(beat -> new Piece(Kind.BEAT, () -> lineOf(beat.device()).beat(beat)));
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
    if (!answered && lineOf(command).isOpen()) {
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
