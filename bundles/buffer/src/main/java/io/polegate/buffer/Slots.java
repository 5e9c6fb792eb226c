package io.polegate.buffer;

import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalHistory.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Readings of one point between two times, added from the newest to the oldest: each by itself as
 * long as they are few, else one summary per step of time. For one thread.
 */
final class Slots {
  private final Instant from;
  private final Instant to;
  private final int max;
  private final long stepMillis;
  private final List<Reading> single = new ArrayList<>();
  private final SortedMap<Long, Sum> sums = new TreeMap<>();
  private boolean tooMany;

  /**
   * @param from inclusive
   * @param to exclusive, later
   * @param max most slots
   */
  Slots(Instant from, Instant to, int max) {
    this.from = from;
    this.to = to;
    this.max = max;
    long millis = Duration.between(from, to).toMillis();
    this.stepMillis = Math.max(1, Math.floorDiv(millis + max - 1, (long) max));
  }

  /** An older one than all before, by number. */
  void addOlder(Reading reading) {
    Instant time = reading.time().instant();
    if (time.isBefore(from) || !time.isBefore(to)) {
      return;
    }
    long step = Duration.between(from, time).toMillis() / stepMillis;
    sums.computeIfAbsent(step, key -> new Sum(reading)).add(reading);
    tooMany |= single.size() >= max;
    if (tooMany) {
      single.clear();
    } else {
      single.add(reading);
    }
  }

  List<Slot> result() {
    List<Slot> slots = new ArrayList<>();
    if (tooMany) {
      Duration length = Duration.ofMillis(stepMillis);
      sums.forEach((step, sum) -> slots.add(sum.slot(from.plusMillis(step * stepMillis), length)));
    } else {
      for (Reading reading : single) {
        Sum sum = new Sum(reading);
        sum.add(reading);
        slots.add(sum.slot(reading.time().instant(), Duration.ZERO));
      }
      Collections.reverse(slots);
    }
    return List.copyOf(slots);
  }

  /** Of one step. */
  private static final class Sum {
    private final Reading last;
    private int count;
    private int bad;
    private int numbers;
    private double total;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    Sum(Reading last) {
      this.last = last;
    }

    void add(Reading reading) {
      count++;
      if (reading instanceof Reading.Good good) {
        OptionalDouble number = number(good.value());
        number.ifPresent(
            value -> {
              numbers++;
              total += value;
              min = Math.min(min, value);
              max = Math.max(max, value);
            });
      } else {
        bad++;
      }
    }

    Slot slot(Instant start, Duration length) {
      boolean any = numbers > 0;
      return new Slot(
          start,
          length,
          count,
          bad,
          any ? min : Double.NaN,
          any ? total / numbers : Double.NaN,
          any ? max : Double.NaN,
          last);
    }

    private static OptionalDouble number(Value value) {
      if (value instanceof Value.Int whole) {
        return OptionalDouble.of((double) whole.value());
      }
      return value instanceof Value.Real real
          ? OptionalDouble.of(real.value())
          : OptionalDouble.empty();
    }
  }
}
