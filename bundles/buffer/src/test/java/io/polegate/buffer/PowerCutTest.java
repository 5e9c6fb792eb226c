package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Sequenced;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes. {@code -Dpolegate.cuts=N} makes it longer. */
final class PowerCutTest {
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
      runAndKill(cut * 1_000_000L, 1 + random.nextInt(120));
      check();
    }
    assertThat(acknowledged).isNotEmpty();
  }

  private void runAndKill(long firstNumber, int lines) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString(),
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
          (seq, number) -> assertThat(itemAt(all, seq)).isEqualTo(Child.item(number)));
      all.forEach((seq, item) -> seen.put(seq, item.item()));
    }
  }

  private static JournalItem itemAt(SortedMap<Long, Sequenced> all, long seq) {
    assertThat(all).containsKey(seq);
    return all.getOrDefault(seq, new Sequenced(seq, Items.alarm(-1))).item();
  }

  /** Appends for ever and says what is on disk. */
  static final class Child {
    private Child() {}

    static JournalItem item(long number) {
      return number % 50 == 0 ? Items.alarm(number) : Items.reading(number);
    }

    public static void main(String[] args) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      SqliteJournal journal = Journals.open(Path.of(args[0]));
      long number = Long.parseLong(args[1]);
      for (; ; ) {
        number++;
        if (number % 10 == 0) {
          long current = number;
          journal
              .appendDurably(item(number))
              .thenAccept(seq -> out.println(seq + " " + current + ";"))
              .toCompletableFuture()
              .join();
        } else {
          journal.append(item(number));
        }
      }
    }
  }
}
