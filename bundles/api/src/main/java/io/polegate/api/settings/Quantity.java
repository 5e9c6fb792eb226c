package io.polegate.api.settings;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them: a whole number and a unit, without a space. */
public final class Quantity {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,15})([A-Za-z]+)");
  private static final Map<String, Duration> TIME_UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Map<String, Long> SIZE_UNITS =
      Map.of("B", 1L, "kB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L);

  private Quantity() {}

  /**
   * Reads {@code 500ms}, {@code 30s}, {@code 10m}, {@code 2h} or {@code 1d}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Duration duration(String text) {
    Matcher matcher = match(text);
    Duration unit = TIME_UNITS.get(matcher.group(2));
    if (unit == null) {
      throw new IllegalArgumentException("unknown unit in \"" + text + "\": use ms, s, m, h or d");
    }
    try {
      return unit.multipliedBy(Long.parseLong(matcher.group(1)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("too long: \"" + text + "\"", e);
    }
  }

  /**
   * Reads {@code 512B}, {@code 64kB}, {@code 256MB} or {@code 1GB}; decimal multiples.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static long bytes(String text) {
    Matcher matcher = match(text);
    Long unit = SIZE_UNITS.get(matcher.group(2));
    if (unit == null) {
      throw new IllegalArgumentException("unknown unit in \"" + text + "\": use B, kB, MB or GB");
    }
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("too large: \"" + text + "\"", e);
    }
  }

  /** The duration in its largest whole unit. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    for (String unit : new String[] {"d", "h", "m", "s"}) {
      long unitMillis = TIME_UNITS.getOrDefault(unit, Duration.ZERO).toMillis();
      if (millis != 0 && millis % unitMillis == 0) {
        return millis / unitMillis + unit;
      }
    }
    return millis + "ms";
  }

  /** The size in its largest whole unit. */
  public static String text(long bytes) {
    for (String unit : new String[] {"GB", "MB", "kB"}) {
      long unitBytes = SIZE_UNITS.getOrDefault(unit, 1L);
      if (bytes != 0 && bytes % unitBytes == 0) {
        return bytes / unitBytes + unit;
      }
    }
    return bytes + "B";
  }

  private static Matcher match(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not a whole number with a unit");
    }
    return matcher;
  }
}
