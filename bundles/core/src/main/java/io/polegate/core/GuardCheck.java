package io.polegate.core;

import io.polegate.api.config.PointSpec.Guard;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.core.FreshRead.Fresh;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the locks of a point right before a command is written. What cannot be told counts as
 * locked. Runs on the thread of the bus.
 */
final class GuardCheck {
  private final FreshRead reads;

  GuardCheck(FreshRead reads) {
    this.reads = reads;
  }

  /**
   * Why a command must not act.
   *
   * @param answered whether the look cost no time-out
   */
  record Refusal(String message, boolean answered) {}

  /**
   * Reads all locks of the command's point at once.
   *
   * @return empty if none holds
   */
  Optional<Refusal> refusal(PendingCommand command)
      throws DeviceSilentException, EndpointDownException {
    List<Guard> guards = command.point().spec().guards();
    for (Guard guard : guards) {
      if (lock(command, guard).isEmpty()) {
        String message = "its lock, point \"" + guard.point() + "\", cannot be read";
        return Optional.of(new Refusal(message, true));
      }
    }
    if (guards.isEmpty()) {
      return Optional.empty();
    }
    List<PolledPoint> locks =
        guards.stream().flatMap(guard -> lock(command, guard).stream()).distinct().toList();
    List<Fresh> fresh = reads.of(command.device(), locks);
    boolean answered = fresh.stream().noneMatch(Fresh::isSilent);
    return guards.stream()
        .flatMap(guard -> problem(guard, fresh).stream())
        .findFirst()
        .map(message -> new Refusal(message, answered));
  }

  private static Optional<PolledPoint> lock(PendingCommand command, Guard guard) {
    return command.device().point(guard.point()).filter(p -> p.spec().access().readable());
  }

  private static Optional<String> problem(Guard guard, List<Fresh> fresh) {
    return fresh.stream()
        .filter(each -> each.point().spec().id().equals(guard.point()))
        .flatMap(each -> problem(guard, each).stream())
        .findFirst();
  }

  private static Optional<String> problem(Guard guard, Fresh lock) {
    String reads = "point \"" + guard.point() + "\" reads " + Words.of(lock.reading());
    Optional<Value> value = lock.value();
    if (value.isEmpty()) {
      return Optional.of(reads);
    }
    if (!isSameKind(guard.value(), value.get())) {
      return Optional.of(reads + ", which cannot be compared with " + Words.of(guard.value()));
    }
    return lock.point().proves(guard.value(), value.get()) ? Optional.of(reads) : Optional.empty();
  }

  private static boolean isSameKind(Value one, Value other) {
    return one.type() == other.type() || (one.type().isNumber() && other.type().isNumber());
  }
}
