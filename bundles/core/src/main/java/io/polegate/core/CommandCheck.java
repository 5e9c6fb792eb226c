package io.polegate.core;

import io.polegate.api.command.Command;
import io.polegate.api.command.CommandResult;
import io.polegate.api.config.Coding;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import io.polegate.api.time.PoleClock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Finds the point that a command names, checks the value against it, and puts it into the queue of
 * its bus.
 */
final class CommandCheck {
  private final Buses buses;
  private final PoleClock clock;

  CommandCheck(Buses buses, PoleClock clock) {
    this.buses = buses;
    this.clock = clock;
  }

  /**
   * Hands the command over to its bus.
   *
   * @param answer takes the result later, unless the command is refused here
   * @return why it is refused, empty if it is on its way
   */
  Optional<String> dispatch(Command command, long deadlineNanos, Consumer<CommandResult> answer) {
    Optional<Buses.Place> place = buses.find(command.device());
    if (place.isEmpty()) {
      return Optional.of("there is no device \"" + command.device() + "\"");
    }
    PolledDevice device = place.get().device();
    Optional<PolledPoint> point = device.point(command.point());
    if (point.isEmpty()) {
      return Optional.of("device \"" + device.id() + "\" has no point \"" + command.point() + "\"");
    }
    Optional<String> problem = problem(point.get().spec(), command.value());
    if (problem.isPresent()) {
      return problem;
    }
    Optional<Value> raw = point.get().toRaw(command.value());
    if (raw.isEmpty()) {
      return Optional.of("the value does not fit: write " + form(point.get()));
    }
    PendingCommand pending =
        new PendingCommand(command, device, point.get(), raw.get(), deadlineNanos, clock, answer);
    return place.get().thread().offer(pending)
        ? Optional.empty()
        : Optional.of("too many commands wait for this bus, or it is stopping: try again later");
  }

  private static Optional<String> problem(PointSpec point, Value value) {
    if (!point.access().writable()) {
      return Optional.of("point \"" + point.id() + "\" is read-only");
    }
    boolean isNamed = !point.coding().values().isEmpty();
    if (!isNamed && value.type().isNumber() && !point.limits().contain(Coding.number(value))) {
      return Optional.of(
          "out of range: " + Coding.number(value) + "; allowed is " + range(point.limits()));
    }
    return Optional.empty();
  }

  private static String form(PolledPoint point) {
    if (!point.spec().coding().values().isEmpty()) {
      return point.spec().coding().values().stream()
          .map(meaning -> meaning.value() instanceof Value.Text text ? text.value() : "true, false")
          .distinct()
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    return switch (point.point().type()) {
      case BOOLEAN -> "true or false";
      case INTEGER -> !point.spec().coding().changesNumbers() ? "a whole number" : "a number";
      case REAL -> "a number";
      case TEXT -> "a text";
      case BYTES -> "bytes";
    };
  }

  private static String range(PointSpec.Limits limits) {
    String from = limits.min().isPresent() ? "at least " + limits.min().getAsDouble() : "";
    String to = limits.max().isPresent() ? "at most " + limits.max().getAsDouble() : "";
    return from + (from.isEmpty() || to.isEmpty() ? "" : " and ") + to;
  }
}
