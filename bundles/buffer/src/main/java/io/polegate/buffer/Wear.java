package io.polegate.buffer;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.journal.WriteWear;
import io.polegate.api.time.PoleClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Counts what the process writes to the disk, and forecasts it for a year of running. Outlives a
 * file. For the writer thread, but for {@link #now}.
 */
final class Wear {
  private static final long STORE_SECONDS = Duration.ofMinutes(10).toSeconds();
  private static final long LEAST_SECONDS = Duration.ofHours(1).toSeconds();

  /** Then the older half counts half. */
  private static final long WINDOW_SECONDS = Duration.ofDays(14).toSeconds();

  private static final long YEAR_SECONDS = Duration.ofDays(365).toSeconds();

  /** Below this part of the budget all is well again. */
  private static final double CALM = 0.8;

  private final Supplier<OptionalLong> written;
  private final PoleClock clock;
  private final LongSupplier nanos;
  private final Supplier<JournalSpec> spec;
  private final long startNanos;
  private long lastWritten;
  private long lastSeconds;
  private long storedSeconds;
  private long total;
  private long day;
  private long today;
  private double windowBytes;
  private double windowSeconds;
  private boolean over;
  private boolean loaded;
  private volatile WriteWear now = WriteWear.NONE;

  /**
   * @param written bytes that the process wrote since it began, if the system tells
   */
  Wear(
      Supplier<OptionalLong> written,
      PoleClock clock,
      LongSupplier nanos,
      Supplier<JournalSpec> spec) {
    this.written = written;
    this.clock = clock;
    this.nanos = nanos;
    this.spec = spec;
    this.startNanos = nanos.getAsLong();
  }

  /** What the kernel counts for this process; it counts a page when it is first changed. */
  static OptionalLong ofThisProcess() {
    try {
      return Files.readAllLines(Path.of("/proc/self/io")).stream()
          .filter(line -> line.startsWith("write_bytes: "))
          .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
          .findFirst();
    } catch (IOException e) {
      // some systems do not tell; then nothing is known
      return OptionalLong.empty();
    }
  }

  /** As it is known; empty fields before the first look. */
  WriteWear now() {
    return now;
  }

  /** Takes over what earlier runs counted; once. */
  void load(Marks marks) throws SQLException {
    if (!loaded) {
      loaded = true;
      total += marks.get("wear-total");
      day = marks.get("wear-day");
      today += marks.get("wear-today");
      windowBytes += marks.get("wear-window-bytes");
      windowSeconds += marks.get("wear-window-seconds");
      over = marks.get("wear-over") == 1;
    }
  }

  boolean wantsStoring() {
    return lastSeconds - storedSeconds >= STORE_SECONDS;
  }

  /** Part of a transaction. */
  void store(Marks marks) throws SQLException {
    marks.put("wear-total", total);
    marks.put("wear-day", day);
    marks.put("wear-today", today);
    marks.put("wear-window-bytes", (long) windowBytes);
    marks.put("wear-window-seconds", (long) windowSeconds);
    marks.put("wear-over", over ? 1 : 0);
    storedSeconds = lastSeconds;
  }

  /**
   * Looks at the counter.
   *
   * @return what is to be reported when the forecast passed the budget, or came back
   */
  Optional<Turn> look() {
    OptionalLong sum = written.get();
    if (sum.isEmpty()) {
      return Optional.empty();
    }
    long seconds = Duration.ofNanos(nanos.getAsLong() - startNanos).toSeconds();
    count(Math.max(0, sum.getAsLong() - lastWritten), seconds - lastSeconds);
    lastWritten = sum.getAsLong();
    lastSeconds = seconds;
    OptionalLong budget = spec.get().yearlyWriteBytes();
    OptionalLong perYear = perYear();
    now = new WriteWear(today, total, perYear, budget);
    if (perYear.isEmpty() || budget.isEmpty()) {
      return Optional.empty();
    }
    boolean before = over;
    double part = (double) perYear.getAsLong() / budget.getAsLong();
    over = part > 1 || (before && part > CALM);
    return over == before
        ? Optional.empty()
        : Optional.of(new Turn(over, perYear.getAsLong(), budget.getAsLong()));
  }

  private void count(long bytes, long seconds) {
    SampleTime present = clock.now();
    long epoch = present.instant().getEpochSecond();
    long thisDay = Math.floorDiv(epoch, Duration.ofDays(1).toSeconds());
    if (present.quality() == TimeQuality.TRUSTED && thisDay != day) {
      day = thisDay;
      today = 0;
    }
    total += bytes;
    today += bytes;
    windowBytes += bytes;
    windowSeconds += seconds;
    if (windowSeconds > WINDOW_SECONDS) {
      windowBytes /= 2;
      windowSeconds /= 2;
    }
  }

  private OptionalLong perYear() {
    return windowSeconds < LEAST_SECONDS
        ? OptionalLong.empty()
        : OptionalLong.of((long) (windowBytes / windowSeconds * YEAR_SECONDS));
  }

  /** The forecast passed the budget, or came back below it. */
  record Turn(boolean over, long perYearBytes, long budgetBytes) {}
}
