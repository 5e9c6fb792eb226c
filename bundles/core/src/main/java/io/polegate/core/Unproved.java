package io.polegate.core;

import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import java.util.Optional;

/**
 * A command that was written and has not shown its effect yet. {@link #unproved} may be called from
 * any thread, the rest belongs to the thread of the bus.
 */
final class Unproved {
  private final PendingCommand command;
  private final PointSpec.Proof spec;
  private final PolledPoint shown;
  private final long everyNanos;
  private final long endNanos;
  private long nextNanos;
  private volatile Seen seen = new Seen(Optional.empty(), "was not read");

  private record Seen(Optional<Value> value, String words) {}

  /**
   * A command that was just taken by its device.
   *
   * @param shown the point where the effect shows
   */
  Unproved(PendingCommand command, PointSpec.Proof spec, PolledPoint shown, long nowNanos) {
    this.command = command;
    this.spec = spec;
    this.shown = shown;
    this.everyNanos = Math.max(1, spec.every().toNanos());
    this.endNanos = nowNanos + spec.within().toNanos();
    this.nextNanos = nowNanos + everyNanos;
  }

  PendingCommand command() {
    return command;
  }

  PolledDevice device() {
    return command.device();
  }

  /** The point where the effect shows. */
  PolledPoint shown() {
    return shown;
  }

  /**
   * Nanoseconds until the next look; zero or less when it has to be taken. The last one is taken
   * when the time is over, however late.
   */
  long dueIn(long nowNanos) {
    return Math.min(nextNanos - nowNanos, endsIn(nowNanos));
  }

  /** Nanoseconds until its time is over; zero or less when it is. */
  long endsIn(long nowNanos) {
    return endNanos - nowNanos;
  }

  /** A look begins: keeps the phase and never makes up for what was missed. */
  void looking(long nowNanos) {
    nextNanos += everyNanos * (1 + Math.max(0, (nowNanos - nextNanos) / everyNanos));
  }

  /** Whether this value proves the command. */
  boolean isProvedBy(Value value) {
    return shown.proves(command.command().value(), value);
  }

  /**
   * Remembers what a look showed.
   *
   * @param value empty if it was not good; then the last good one stays
   * @param words what it showed
   */
  void saw(Optional<Value> value, String words) {
    seen = new Seen(value.or(() -> seen.value()), words);
  }

  /** Answers that it was not proved. */
  void unproved(String why) {
    Seen last = seen;
    command.unconfirmed(
        last.value(), why + ": point \"" + shown.spec().id() + "\" " + last.words());
  }

  /** Answers that it was not proved in time. */
  void late() {
    long millis = spec.within().toMillis();
    unproved("not proved within " + (millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms"));
  }
}
