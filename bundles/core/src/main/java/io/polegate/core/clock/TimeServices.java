package io.polegate.core.clock;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Asks the time services of a Linux system: systemd-timesyncd by the files it keeps in {@code
 * /run/systemd/timesync} (man systemd-timesyncd.service), chrony by its own program. The kernel's
 * word ({@code adjtimex}) cannot be had without native code. For one thread.
 */
final class TimeServices {
  private static final long UNTIL_SYNCHRONISED_NANOS = Duration.ofSeconds(16).toNanos();
  private static final long SYNCHRONISED_NANOS = Duration.ofMinutes(4).toNanos();

  private final Path run;
  private final Chrony chrony;
  private final LongSupplier nanos;
  private TimeWord lastOfChrony = TimeWord.NOBODY;
  private long askedNanos;
  private boolean asked;

  /**
   * Services of this machine.
   *
   * @param run {@code /run}; anything else is for tests
   */
  TimeServices(Path run, Chrony chrony, LongSupplier nanos) {
    this.run = run;
    this.chrony = chrony;
    this.nanos = nanos;
  }

  /** Those of the machine that this runs on. */
  static TimeServices ofThisMachine() {
    return new TimeServices(
        Path.of("/run"), new Chrony(List.of("chronyc", "-c", "tracking")), System::nanoTime);
  }

  /**
   * What they say now; one that is synchronised is enough.
   *
   * @param fresh something happened to the clock, so that what was said lately does not count
   */
  TimeWord ask(boolean fresh) {
    TimeWord timesyncd = timesyncd();
    if (timesyncd.isSynchronised()) {
      return timesyncd;
    }
    TimeWord ofChrony = chrony(fresh);
    return ofChrony.state() == TimeWord.State.NOBODY ? timesyncd : ofChrony;
  }

  private TimeWord timesyncd() {
    Path folder = run.resolve("systemd/timesync");
    if (Files.exists(folder.resolve("synchronized"))) {
      return new TimeWord(TimeWord.State.SYNCHRONISED, "systemd-timesyncd");
    }
    return Files.isDirectory(folder)
        ? new TimeWord(
            TimeWord.State.NOT_YET,
            "systemd-timesyncd is not synchronised yet: are its servers within reach?")
        : TimeWord.NOBODY;
  }

  /** Starting a program costs something, so not at every look. */
  private TimeWord chrony(boolean fresh) {
    if (!Files.isDirectory(run.resolve("chrony"))) {
      asked = false;
      return TimeWord.NOBODY;
    }
    long now = nanos.getAsLong();
    boolean settled = lastOfChrony.isSynchronised() && !fresh;
    long every = settled ? SYNCHRONISED_NANOS : UNTIL_SYNCHRONISED_NANOS;
    if (!asked || now - askedNanos >= every) {
      lastOfChrony = chrony.ask();
      askedNanos = now;
      asked = true;
    } else if (fresh) {
      lastOfChrony = new TimeWord(TimeWord.State.NOT_YET, "chrony is about to be asked");
    }
    return lastOfChrony;
  }
}
