package io.polegate.driver.dlt645;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.time.Duration;

/**
 * Times of a line, in nanoseconds.
 *
 * @param timeout wait for the beginning of an answer
 * @param gap silence before each request
 * @param character transmission of one character
 */
record LinkTiming(long timeout, long gap, long character) {
  /** The longest that a meter may pause within a frame (5.3.3 of the standard: Tb). */
  private static final long PAUSE = Duration.ofMillis(500).toNanos();

  /** A guess between the 20 and 500 ms that the standard allows (5.3.3: Td). */
  private static final long THINKING = Duration.ofMillis(100).toNanos();

  private static final int LONGEST_ANSWER = 4 + Frame.OVERHEAD + 255;

  static LinkTiming of(Settings bus) throws InvalidSettingException {
    long character = MeterSettings.line(bus).characterNanos();
    return new LinkTiming(
        bus.get(MeterSettings.TIMEOUT).toNanos(),
        Math.max(bus.get(MeterSettings.GAP).toNanos(), character * 7 / 2),
        character);
  }

  /** Time on the line. */
  long transmission(int characters) {
    return characters * character;
  }

  /** How much longer an answer that has begun may take. */
  long finishing() {
    return transmission(LONGEST_ANSWER) + PAUSE;
  }

  /** How long a request and its answer usually occupy the line. */
  Duration usual(int characters) {
    return Duration.ofNanos(gap + transmission(characters) + THINKING);
  }

  /** How long it takes at most to find out that nobody answers well. */
  Duration inVain(int characters) {
    return Duration.ofNanos(gap + transmission(characters) + timeout + finishing());
  }
}
