package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** One thing for each lane. For one thread at a time. */
final class PerLane<T> {
  private final Map<Lane, T> things;

  private PerLane(Map<Lane, T> things) {
    this.things = new EnumMap<>(things);
  }

  /** The same thing for every lane. */
  static <T> PerLane<T> same(T thing) {
    Map<Lane, T> things = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      things.put(lane, thing);
    }
    return new PerLane<>(things);
  }

  /** There is one for every lane. */
  static <T> PerLane<T> of(Map<Lane, T> things) {
    return new PerLane<>(things);
  }

  Stream<T> all() {
    return things.values().stream();
  }

  T get(Lane lane) {
    return Objects.requireNonNull(things.get(lane));
  }

  void set(Lane lane, T thing) {
    things.put(lane, thing);
  }

  PerLane<T> copy() {
    return new PerLane<>(things);
  }

  void setAll(PerLane<T> other) {
    things.putAll(other.things);
  }
}
