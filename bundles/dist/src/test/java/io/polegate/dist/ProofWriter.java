package io.polegate.dist;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.journal.Lane;
import io.polegate.api.settings.Settings;
import io.polegate.buffer.SqliteJournal;
import io.polegate.cloud.CloudBridge;
import io.polegate.testkit.HandPoleClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process that is killed: the real journal and the real uplink, fed with readings that are
 * stamped one second apart and come as fast as it is told. It writes down what was attempted
 * ({@code A}, before), and what the journal called durable ({@code D} readings, {@code L} alarms),
 * and goes on behind what was attempted. Ends with its standard input.
 */
final class ProofWriter {
  private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
  private static final int ALARM_EVERY_SECONDS = 180;
  private static final int CHUNKS_PER_SECOND = 10;
  private static final int CHUNKS_UNDER_WAY = 30;

  /** The last line: nothing will be written any more. */
  static final String END = "E";

  private final JournalWriter journal;
  private final Path book;
  private final int points;
  private final AtomicLong durableSeconds;
  private final Semaphore underWay = new Semaphore(CHUNKS_UNDER_WAY);

  private ProofWriter(JournalWriter journal, Path book, int points) throws IOException {
    this.journal = journal;
    this.book = book;
    this.points = points;
    this.durableSeconds = new AtomicLong(sum());
  }

  /**
   * Writes until so many seconds are durable and somebody says that it is enough.
   *
   * @param args folder of the journal, url of the broker, book, points, seconds, seconds per second
   */
  public static void main(String[] args) throws Exception {
    Path book = Path.of(args[2]);
    SqliteJournal journal =
        new SqliteJournal(
            Path.of(args[0]),
            HandPoleClock.system(),
            System::nanoTime,
            new JournalSpec(256_000_000, Duration.ofMillis(200)));
    CloudBridge bridge =
        new CloudBridge(
            journal,
            journal,
            command -> {
              throw new IllegalStateException("nobody sends commands");
            },
            HandPoleClock.system(),
            Path.of(""));
    PoleSpec pole = pole(args[1]);
    journal.apply(pole);
    bridge.apply(pole);
    ProofWriter writer = new ProofWriter(journal, book, Integer.parseInt(args[3]));
    Thread work =
        new Thread(
            () -> writer.write(Long.parseLong(args[4]), Integer.parseInt(args[5])), "readings");
    work.setDaemon(true);
    work.start();
    while (System.in.read() >= 0) {
      // nothing is said; whoever started us holds the other end
    }
    Runtime.getRuntime().halt(0);
  }

  private static PoleSpec pole(String url) {
    Map<String, String> settings =
        Map.of(
            "url",
            url,
            "keep-alive",
            "1s",
            "batch",
            "500",
            "retry-first",
            "50ms",
            "retry-limit",
            "400ms");
    return new PoleSpec(
        "P-1",
        Map.of(),
        Optional.empty(),
        ZoneOffset.UTC,
        new JournalSpec(256_000_000, Duration.ofMillis(200)),
        List.of(),
        List.of(),
        List.of(new ConnectionSpec("city", "json", new Settings(settings))));
  }

  private void write(long seconds, int secondsPerSecond) {
    try {
      int chunk = Math.max(1, secondsPerSecond / CHUNKS_PER_SECOND);
      long second = next();
      long due = System.nanoTime();
      while (durableSeconds.get() < seconds || !Files.exists(enough(book))) {
        underWay.acquire();
        append(second, second + chunk - 1);
        second += chunk;
        due =
            Math.max(due + 1_000_000_000L / CHUNKS_PER_SECOND, System.nanoTime() - 1_000_000_000L);
        Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
      }
      underWay.acquire(CHUNKS_UNDER_WAY);
      note(END);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the writer ends", e);
    }
  }

  /** It writes on until this file is there. */
  static Path enough(Path book) {
    return book.resolveSibling("enough");
  }

  private void append(long first, long last) throws IOException {
    note("A " + first + " " + last);
    for (long second = first; second <= last; second++) {
      if (second % ALARM_EVERY_SECONDS == 0) {
        alarm(second);
      }
      for (int point = 0; point < points; point++) {
        JournalItem item = reading(second, point);
        if (second == last && point == points - 1) {
          durably(item, "D " + first + " " + last, last - first + 1);
        } else {
          journal.append(item);
        }
      }
    }
  }

  private static JournalItem reading(long second, int point) {
    SampleTime time = SampleTime.of(BEGIN.plusSeconds(second));
    return new JournalItem.PointReading(
        "d", "p" + point, "lx", new Reading.Good(new Value.Int(second), time));
  }

  private void durably(JournalItem item, String line, long seconds) {
    journal
        .appendDurably(item)
        .thenRun(
            () -> {
              try {
                note(line);
                durableSeconds.addAndGet(seconds);
              } catch (IOException e) {
                throw new IllegalStateException("the book cannot be kept", e);
              } finally {
                underWay.release();
              }
            });
  }

  private void alarm(long number) {
    SampleTime time = SampleTime.of(BEGIN.plusSeconds(number));
    JournalItem alarm =
        new JournalItem.Event(Lane.ALARM, time, "proof", Map.of("n", new Value.Int(number)));
    journal
        .appendDurably(alarm)
        .thenRun(
            () -> {
              try {
                note("L " + number + " " + System.currentTimeMillis());
              } catch (IOException e) {
                throw new IllegalStateException("the book cannot be kept", e);
              }
            });
  }

  /** One write for each line, so that a kill leaves whole lines. */
  private synchronized void note(String line) throws IOException {
    Files.write(
        book,
        (line + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private long next() throws IOException {
    long next = 0;
    for (String line : lines()) {
      if (line.startsWith("A ")) {
        next = Math.max(next, Long.parseLong(line.split(" ", -1)[2]) + 1);
      }
    }
    return next;
  }

  private long sum() throws IOException {
    long sum = 0;
    for (String line : lines()) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("D")) {
        sum += Long.parseLong(words[2]) - Long.parseLong(words[1]) + 1;
      }
    }
    return sum;
  }

  private List<String> lines() throws IOException {
    return Files.exists(book) ? Files.readAllLines(book) : List.of();
  }
}
