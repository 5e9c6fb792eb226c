package io.polegate.cloud;

import io.polegate.api.journal.Lane;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Messages that wait until the platform says that it stored what is in them. Lives as long as its
 * uplink, because a word of an earlier session may come late. Thread-safe.
 */
final class PlatformWord {
  private final Map<Lane, Deque<Waiting>> waiting = new EnumMap<>(Lane.class);
  private final Map<Lane, Long> known = new EnumMap<>(Lane.class);

  private boolean spoken;

  private record Waiting(long lastSeq, Acknowledgement acknowledgement) {}

  /** A session begins: what waited is sent again. */
  synchronized void begin(Backlog backlog) {
    waiting.clear();
    spoken = false;
    for (Lane lane : Lane.values()) {
      known.merge(lane, backlog.acknowledged(lane), Math::max);
    }
  }

  /** A message is about to be sent. */
  synchronized void sent(Lane lane, long lastSeq, Acknowledgement acknowledgement) {
    waiting
        .computeIfAbsent(lane, key -> new ArrayDeque<>())
        .addLast(new Waiting(lastSeq, acknowledgement));
    known.merge(lane, lastSeq, Math::max);
  }

  /**
   * The platform has everything up to these numbers. What was not sent in this session is not
   * believed; a number above everything ever sent makes the whole word void.
   *
   * @return what is wrong with it, if something is
   */
  synchronized Optional<String> heard(Map<Lane, Long> numbers) {
    for (Map.Entry<Lane, Long> number : numbers.entrySet()) {
      long last = known.getOrDefault(number.getKey(), 0L);
      if (number.getValue() > last) {
        return Optional.of(
            "names %d for %s, where %d is the last number sent"
                .formatted(
                    number.getValue(), number.getKey().name().toLowerCase(Locale.ROOT), last));
      }
    }
    spoken = true;
    numbers.forEach(this::stored);
    return Optional.empty();
  }

  /** Whether a word came in this session that can be true. */
  synchronized boolean spoken() {
    return spoken;
  }

  private void stored(Lane lane, long number) {
    Deque<Waiting> messages = waiting.getOrDefault(lane, new ArrayDeque<>());
    Waiting first = messages.peekFirst();
    while (first != null && first.lastSeq() <= number) {
      messages.removeFirst();
      first.acknowledgement().acknowledged();
      first = messages.peekFirst();
    }
  }
}
