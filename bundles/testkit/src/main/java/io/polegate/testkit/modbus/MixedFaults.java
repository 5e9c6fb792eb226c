package io.polegate.testkit.modbus;

import io.polegate.testkit.modbus.Fault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Faults at random, the same ones for the same seed; {@link Kind#DELAY} and {@link Kind#SPLIT} with
 * any delay up to a limit, {@link Kind#EXCEPTION} with any code of the standard. Thread-safe.
 */
public final class MixedFaults implements Supplier<Fault> {
  private static final int[] CODES = {1, 2, 3, 4, 5, 6, 8, 10, 11};

  private final Random random;
  private final double share;
  private final Duration longest;
  private final List<Kind> kinds;
  private final List<Kind> deck = new ArrayList<>();
  private final Map<Kind, Integer> played = new EnumMap<>(Kind.class);

  /**
   * A mixture.
   *
   * @param seed of the random choice
   * @param share of answers that go wrong, 0 to 1
   * @param longest delay
   * @param kinds to deal out, each once before any comes again
   */
  public MixedFaults(long seed, double share, Duration longest, List<Kind> kinds) {
    this.random = new Random(seed);
    this.share = share;
    this.longest = longest;
    this.kinds = List.copyOf(kinds);
  }

  /** The fault of the next answer. */
  @Override
  public synchronized Fault get() {
    Kind kind = random.nextDouble() < share ? dealt() : Kind.NONE;
    played.merge(kind, 1, Integer::sum);
    return switch (kind) {
      case DELAY, SPLIT ->
          new Fault(kind, Duration.ofNanos((long) (random.nextDouble() * longest.toNanos())), 0);
      case EXCEPTION -> Fault.exception(CODES[random.nextInt(CODES.length)]);
      default -> Fault.of(kind);
    };
  }

  /** Like cards, so that each kind comes once before any comes again. */
  private Kind dealt() {
    if (deck.isEmpty()) {
      deck.addAll(kinds);
      Collections.shuffle(deck, random);
    }
    return deck.remove(deck.size() - 1);
  }

  /** How often each kind was played. */
  public synchronized Map<Kind, Integer> played() {
    return new EnumMap<>(played);
  }
}
