package io.polegate.buffer;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of the clock, as three marks: {@code run:<first>:zero:<boot>}, {@code
 * run:<first>:correction}, both in milliseconds, and {@code run:<first>:told}. Marks are in every
 * file since the first version, so no file has to be made anew for it.
 *
 * @param first its first number
 * @param boot of the machine
 * @param zero what its clock calls the moment of the boot
 * @param correction what makes its untrusted times right
 * @param told whether a gap record says that nobody knows them
 */
record Run(long first, String boot, Instant zero, Optional<Duration> correction, boolean told) {
  private static final String FAMILY = "run";
  private static final Pattern ZERO = Pattern.compile("run:(\\d{1,18}):zero:(.{1,64})");

  /** No clock is wrong by more, and no mark that says so is right. */
  private static final Duration MOST = Duration.ofDays(100 * 365);

  /** Cuts to what the marks can hold. */
  Run {
    zero = Instant.ofEpochMilli(zero.toEpochMilli());
    correction = correction.map(by -> Duration.ofMillis(by.toMillis()));
  }

  Run correctedBy(Duration by) {
    return new Run(first, boot, zero, Optional.of(by), told);
  }

  Run toldOf() {
    return new Run(first, boot, zero, correction, true);
  }

  /** Those that can be understood. */
  static NavigableMap<Long, Run> all(Marks marks) throws SQLException {
    Map<String, Long> family = marks.family(FAMILY);
    NavigableMap<Long, Run> runs = new TreeMap<>();
    for (Map.Entry<String, Long> mark : family.entrySet()) {
      Matcher name = ZERO.matcher(mark.getKey());
      if (name.matches() && isPossible(mark.getValue())) {
        long first = Long.parseLong(name.group(1));
        Optional<Duration> correction =
            Optional.ofNullable(family.get(name(first, "correction")))
                .map(Duration::ofMillis)
                .filter(by -> by.abs().compareTo(MOST) < 0);
        Instant zero = Instant.ofEpochMilli(mark.getValue());
        boolean told = family.containsKey(name(first, "told"));
        runs.put(first, new Run(first, name.group(2), zero, correction, told));
      }
    }
    return runs;
  }

  private static boolean isPossible(long zeroMillis) {
    return Math.abs((double) zeroMillis) < MOST.toMillis();
  }

  void put(Marks marks) throws SQLException {
    marks.put(name(first, "zero:" + boot), zero.toEpochMilli());
    if (correction.isPresent()) {
      marks.put(name(first, "correction"), correction.get().toMillis());
    }
    if (told) {
      marks.put(name(first, "told"), 1);
    }
  }

  void delete(Marks marks) throws SQLException {
    marks.delete(name(first, "zero:" + boot));
    marks.delete(name(first, "correction"));
    marks.delete(name(first, "told"));
  }

  private static String name(long first, String what) {
    return FAMILY + ":" + first + ":" + what;
  }
}
