package io.polegate.cloud;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which devices the host takes for alive in this session, and since which number of the journal. A
 * device that is gone may be born once more for its past, which is still to be told. One thread.
 */
final class SparkplugDevices {
  /** Time for the last readings of a device that was lost to go before its death. */
  static final Duration LOST = Duration.ofSeconds(1);

  /** Silence after which the past of a device that is gone is taken to be told. */
  static final Duration TOLD = Duration.ofSeconds(30);

  private final Map<String, Life> lives = new HashMap<>();

  /** What is to be done about a device. */
  enum Due {
    NOTHING,
    BIRTH,
    DEATH
  }

  private static final class Life {
    private final long historyEnd;
    private final boolean past;
    private OptionalLong lostNanos = OptionalLong.empty();
    private long toldNanos;

    private Life(long historyEnd, boolean past, long nowNanos) {
      this.historyEnd = historyEnd;
      this.past = past;
      this.toldNanos = nowNanos;
    }
  }

  /** Nobody is alive: the node is about to be born. */
  void clear() {
    lives.clear();
  }

  /**
   * A birth was sent.
   *
   * @param historyEnd what has a number up to this is from before it
   * @param past whether the device is gone and only its past is told
   */
  void born(String device, long historyEnd, boolean past, long nowNanos) {
    lives.put(device, new Life(historyEnd, past, nowNanos));
  }

  void died(String device) {
    lives.remove(device);
  }

  boolean alive(String device) {
    return lives.containsKey(device);
  }

  /** Whether an item is from before the birth of its device. */
  boolean historical(String device, long seq) {
    return Optional.ofNullable(lives.get(device)).map(life -> seq <= life.historyEnd).orElse(true);
  }

  /** Data of a device was sent. */
  void told(String device, long nowNanos) {
    Life life = lives.get(device);
    if (life != null) {
      life.toldNanos = nowNanos;
    }
  }

  /** What to do about a device that is there or not. */
  Due due(String device, boolean present, long nowNanos) {
    Life life = lives.get(device);
    if (life == null) {
      return present ? Due.BIRTH : Due.NOTHING;
    }
    if (present) {
      life.lostNanos = OptionalLong.empty();
      return life.past ? Due.BIRTH : Due.NOTHING;
    }
    if (life.past) {
      return nowNanos - life.toldNanos >= TOLD.toNanos() ? Due.DEATH : Due.NOTHING;
    }
    if (life.lostNanos.isEmpty()) {
      life.lostNanos = OptionalLong.of(nowNanos);
    }
    boolean over = nowNanos - life.lostNanos.getAsLong() >= LOST.toNanos();
    return over ? Due.DEATH : Due.NOTHING;
  }
}
