package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Sequenced;
import io.polegate.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that takes no changes, in the calls in which the system would say so. */
final class ReadOnlyDiskTest {
  private final Path folder;
  private final Path live;
  private final Path readOnly;

  ReadOnlyDiskTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.live = Files.createDirectory(folder.resolve("live"));
    this.readOnly = folder.resolve("read-only");
  }

  @Test
  void whileRunningItemsWaitInMemoryAndNoneIsLost() throws Exception {
    Process child = start();
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("well");
      Files.createFile(readOnly);
      assertThat(out.readLine()).contains("cannot write the journal", "items wait in memory");
      Files.delete(readOnly);
      assertThat(out.readLine()).isEqualTo("well again");
      assertThat(child.waitFor()).isZero();
    } finally {
      child.destroyForcibly();
    }
    checkAll();
  }

  @Test
  void atTheStartTheJournalRunsInMemoryAndRecovers() throws Exception {
    Journals.open(live).close();
    Files.createFile(readOnly);
    Process child = start();
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).contains("cannot", "items wait in memory");
      Files.delete(readOnly);
      assertThat(out.readLine()).isEqualTo("well again");
      assertThat(child.waitFor()).isZero();
    } finally {
      child.destroyForcibly();
    }
    checkAll();
  }

  private Process start() throws IOException, InterruptedException {
    return new Disk(folder).readOnlyWhile(readOnly, live, Child.class).start();
  }

  private void checkAll() throws InterruptedException {
    try (SqliteJournal journal = Journals.open(live)) {
      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(Journals.holes(all)).isEmpty();
      assertThat(Journals.gaps(all)).isEmpty();
      assertThat(all.values())
          .extracting(Sequenced::item)
          .anyMatch(
              item ->
                  item instanceof JournalItem.Event event
                      && event.type().equals("journal-recovered"));
    }
  }

  /** Appends until the disk is written again, and says how it goes. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      try (SqliteJournal journal = Journals.open(Path.of(args[0]))) {
        long[] number = {0};
        journal.append(Items.reading(++number[0]));
        if (journal.status().message().isEmpty()) {
          Journals.flush(journal);
          System.out.println("well");
        }
        Await.until("there is trouble", () -> !message(journal, ++number[0]).isEmpty());
        System.out.println(journal.status().message());
        Await.until("it is over", () -> message(journal, ++number[0]).isEmpty());
        Journals.flush(journal);
        System.out.println("well again");
      }
    }

    private static String message(SqliteJournal journal, long number) {
      journal.append(Items.reading(number));
      return journal.status().message();
    }
  }
}
