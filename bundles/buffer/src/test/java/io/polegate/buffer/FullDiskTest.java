package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import io.polegate.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that takes no more, in a process of its own: the system refuses it files above a size, in
 * the same call in which a full disk would.
 */
final class FullDiskTest {
  private final Path folder;

  FullDiskTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void itemsWaitInMemoryUntilThereIsSpaceAgainAndNoneIsLost() throws Exception {
    Process child = start(Child.class);
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("open");
      limitFiles(child, "300000:");
      assertThat(out.readLine()).isEqualTo("full, can read");
      limitFiles(child, "unlimited:");
      assertThat(out.readLine()).isEqualTo("well again");
      assertThat(child.waitFor()).isZero();
    } finally {
      child.destroyForcibly();
    }

    try (SqliteJournal journal = Journals.open(folder)) {
      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(Journals.holes(all)).isEmpty();
      assertThat(Journals.gaps(all)).isEmpty();
      assertThat(all.values()).extracting(Sequenced::item).anyMatch(FullDiskTest::saysRecovered);
    }
  }

  @Test
  void aDiskTooFullForTheDatabaseLibraryIsSaidAndDoesNotStopTheGateway() throws Exception {
    Process child = start(NoLibrary.class, "-Dorg.sqlite.tmpdir=" + folder.resolve("missing"));
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).contains("cannot open the journal", "2 items wait in memory");
      assertThat(child.waitFor()).isZero();
    } finally {
      child.destroyForcibly();
    }
  }

  private Process start(Class<?> main, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.add(folder.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static boolean saysRecovered(JournalItem item) {
    return item instanceof JournalItem.Event event && event.type().equals("journal-recovered");
  }

  /** The soft limit, so that it can be lifted again. */
  private static void limitFiles(Process child, String bytes)
      throws IOException, InterruptedException {
    Process limit =
        new ProcessBuilder("prlimit", "--pid", Long.toString(child.pid()), "--fsize=" + bytes)
            .inheritIO()
            .start();
    assertThat(limit.waitFor()).isZero();
  }

  /** Appends until the disk is full, then goes on until it is not. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      try (SqliteJournal journal = Journals.open(Path.of(args[0]))) {
        System.out.println("open");
        long number = 0;
        while (journal.status().message().isEmpty()) {
          append(journal, ++number);
        }
        boolean canRead = !journal.cursor("probe").read(Lane.TELEMETRY, 0, 10).isEmpty();
        System.out.println(canRead ? "full, can read" : "full, cannot read");
        while (!journal.status().message().isEmpty()) {
          append(journal, ++number);
        }
        Journals.flush(journal);
        System.out.println("well again");
      }
    }

    private static void append(SqliteJournal journal, long number) throws Exception {
      for (int i = 0; i < 20; i++) {
        journal.append(Items.reading(number));
      }
      CompletableFuture<Long> stored =
          journal.appendDurably(Items.reading(number)).toCompletableFuture();
      Await.until("it is known whether it is stored", stored::isDone);
    }
  }

  /** Cannot load the library. */
  static final class NoLibrary {
    private NoLibrary() {}

    public static void main(String[] args) throws Exception {
      try (SqliteJournal journal = Journals.open(Path.of(args[0]))) {
        journal.append(Items.alarm(1));
        CompletableFuture<Long> stored =
            journal.appendDurably(Items.alarm(2)).toCompletableFuture();
        Await.until("it is known that it is not stored", stored::isCompletedExceptionally);
        System.out.println(journal.status().message());
      }
    }
  }
}
