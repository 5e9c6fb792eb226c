package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Sequenced;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes. {@code -Dpolegate.cuts=N} makes it longer. */
final class PowerCutTest {
  private static final JournalSpec SMALL = new JournalSpec(1_200_000, Duration.ofMillis(10));
  private static final int CUTS = Integer.getInteger("polegate.cuts", 10);

  private final Path folder;
  private final Random random = new Random();
  private final Map<Long, Long> acknowledged = new HashMap<>();
  private final Map<Long, JournalItem> seen = new HashMap<>();

  PowerCutTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void killedAtAnyMomentNothingAcknowledgedIsMissingAndNoNumberHasTwoContents() throws Exception {
    for (int cut = 0; cut < CUTS; cut++) {
      runAndKill(Journals.QUICK, 0, cut * 1_000_000L, 1 + random.nextInt(120));
      check();
    }
    assertThat(acknowledged).isNotEmpty();
  }

  @Test
  void killedWhileTheOldestGiveWayEveryLostNumberIsCountedOnce() throws Exception {
    long lost = 0;
    for (int cut = 0; cut < CUTS / 2; cut++) {
      runAndKill(SMALL, 3000, cut * 1_000_000L, 30 + random.nextInt(30));
      lost = lostAndCounted();
    }
    assertThat(lost).isPositive();
  }

  private void runAndKill(JournalSpec spec, int textLength, long firstNumber, int lines)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString(),
                Long.toString(spec.limitBytes()),
                Integer.toString(textLength),
                Long.toString(firstNumber))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < lines; i++) {
        note(String.valueOf(out.readLine()));
      }
      // not by the process itself, which would close its output too
      child.toHandle().destroyForcibly();
      child.waitFor();
      // what it said before it died counts too; the last line may be cut
      out.lines().filter(line -> line.endsWith(";")).forEach(this::note);
    }
  }

  private void note(String line) {
    String[] fields = line.replace(";", "").split(" ", -1);
    acknowledged.put(Long.parseLong(fields[0]), Long.parseLong(fields[1]));
  }

  private void check() throws InterruptedException {
    try (SqliteJournal journal = Journals.open(folder)) {
      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(Journals.holes(all)).isEmpty();
      assertThat(Journals.gaps(all)).isEmpty();
      seen.forEach((seq, item) -> assertThat(itemAt(all, seq)).isEqualTo(item));
      acknowledged.forEach(
          (seq, number) -> assertThat(itemAt(all, seq)).isEqualTo(Child.item(number, 0)));
      all.forEach((seq, item) -> seen.put(seq, item.item()));
    }
  }

  private long lostAndCounted() throws InterruptedException {
    try (SqliteJournal journal = Journals.open(folder, SMALL)) {
      // what an earlier run lost is reported with the first commits
      Journals.flush(journal);
      Journals.flush(journal);
      SortedMap<Long, Sequenced> all = Journals.all(journal);
      List<Lost> gaps = Journals.gaps(all);
      long counted = gaps.stream().mapToLong(Lost::count).sum();
      assertThat(counted).isEqualTo(all.lastKey() - all.size());
      assertThat(Journals.holes(all)).isEmpty();
      assertThat(gaps).extracting(Lost::cause).allMatch(Lost.EVICTED::equals);
      assertThat(journal.status().usedBytes()).isLessThanOrEqualTo(SMALL.limitBytes());
      return counted;
    }
  }

  private static JournalItem itemAt(SortedMap<Long, Sequenced> all, long seq) {
    assertThat(all).containsKey(seq);
    return all.getOrDefault(seq, new Sequenced(seq, Items.alarm(-1))).item();
  }

  /** Appends for ever and says what is on disk. */
  static final class Child {
    private Child() {}

    static JournalItem item(long number, int textLength) {
      if (number % 50 == 0) {
        return Items.alarm(number);
      }
      Value value =
          textLength == 0 ? new Value.Int(number) : new Value.Text("x".repeat(textLength) + number);
      return new JournalItem.PointReading(
          "lamp", "power", "W", new Reading.Good(value, Items.time(number)));
    }

    public static void main(String[] args) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      JournalSpec spec = new JournalSpec(Long.parseLong(args[1]), Duration.ofMillis(10));
      SqliteJournal journal = Journals.open(Path.of(args[0]), spec);
      int length = Integer.parseInt(args[2]);
      long number = Long.parseLong(args[3]);
      for (; ; ) {
        number++;
        if (number % 10 == 0) {
          long current = number;
          journal
              .appendDurably(item(number, length))
              .thenAccept(seq -> out.println(seq + " " + current + ";"))
              .toCompletableFuture()
              .join();
        } else {
          journal.append(item(number, length));
        }
      }
    }
  }
}
