package io.polegate.cloud;

import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which type each point was declared with. The document does not say it for every point, so it is
 * learnt from what a point says; a value that its declaration cannot hold makes a new birth of its
 * device necessary. Thread-safe; written by the uplink's thread.
 */
final class SparkplugTypes {
  private final Map<Key, SparkplugType> declared = new ConcurrentHashMap<>();
  private final Map<Key, SparkplugType> learnt = new ConcurrentHashMap<>();

  private record Key(String device, String point) {}

  /** The type to declare in a birth; a number until more is known. */
  SparkplugType declare(String device, PointSpec point, Optional<Reading> last) {
    Key key = new Key(device, point.id());
    told(point).ifPresent(type -> learnt.put(key, type));
    if (last.isPresent() && last.get() instanceof Reading.Good good) {
      learn(key, good.value());
    }
    SparkplugType type = learnt.getOrDefault(key, SparkplugType.DOUBLE);
    declared.put(key, type);
    return type;
  }

  /** The declared type. */
  SparkplugType declared(String device, String point) {
    return declared.getOrDefault(new Key(device, point), SparkplugType.DOUBLE);
  }

  /** The type of the point as far as it is known. */
  Optional<SparkplugType> known(String device, String point) {
    return Optional.ofNullable(learnt.get(new Key(device, point)));
  }

  /**
   * Looks at a value that is about to be reported, and learns from it.
   *
   * @return whether its point was declared with a type that cannot hold it
   */
  boolean surprised(String device, String point, Value value) {
    Key key = new Key(device, point);
    learn(key, value);
    return !declared(device, point).holds(value);
  }

  private void learn(Key key, Value value) {
    SparkplugType before = learnt.get(key);
    if (before == null || !before.holds(value)) {
      learnt.put(key, SparkplugType.of(value));
    }
  }

  private static Optional<SparkplugType> told(PointSpec point) {
    if (!point.coding().values().isEmpty()) {
      return Optional.of(SparkplugType.of(point.coding().values().get(0).value()));
    }
    return point.coding().changesNumbers() ? Optional.of(SparkplugType.DOUBLE) : Optional.empty();
  }
}
