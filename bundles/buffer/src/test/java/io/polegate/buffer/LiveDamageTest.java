package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Sequenced;
import io.polegate.testkit.Await;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Garbles the files of a running journal. {@code -Dpolegate.damages=N} makes it longer. */
final class LiveDamageTest {
  private static final int ROUNDS = Integer.getInteger("polegate.damages", 6);

  private final Path folder;
  private final Random random = new Random();
  private final SortedMap<Long, JournalItem> written = new TreeMap<>();

  LiveDamageTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void garbledBytesInAFileInUseDoNotStopTheGateway() throws Exception {
    int salvages = 0;
    for (int round = 0; round < ROUNDS; round++) {
      written.clear();
      Path place = Files.createDirectory(folder.resolve("round-" + round));
      String file = round % 2 == 0 ? "journal.db" : "journal.db-wal";
      String what = run(place, file);
      salvages += checkReopened(place, what);
    }
    System.out.printf("%d files garbled while in use, %d were salvaged%n", ROUNDS, salvages);
  }

  private String run(Path place, String file) throws Exception {
    try (SqliteJournal journal = Journals.open(place)) {
      for (int i = 0; i < 80; i++) {
        append(journal, 30);
      }
    }
    // most of it is in the file now
    try (SqliteJournal journal = Journals.open(place)) {
      append(journal, 30);
      if (!file.equals("journal.db")) {
        for (int i = 0; i < 40; i++) {
          append(journal, 30);
        }
      }
      long offset = garble(place.resolve(file));
      String what = file + " garbled at " + offset;
      for (int i = 0; i < 10; i++) {
        append(journal, 30);
      }
      Journals.all(journal).forEach((seq, item) -> isWhatWasWritten(seq, item, what));
      append(journal, 30);
      Await.until(what + ", it is well", () -> journal.status().message().isEmpty());
      return what;
    }
  }

  private int checkReopened(Path place, String what) throws Exception {
    try (SqliteJournal journal = Journals.open(place)) {
      append(journal, 1);
      Journals.all(journal);
    }
    // what is due at an opening comes with the first commits
    try (SqliteJournal journal = Journals.open(place)) {
      append(journal, 1);
      append(journal, 1);
      append(journal, 1);
      SortedMap<Long, Sequenced> all = Journals.all(journal);
      all.forEach((seq, item) -> isWhatWasWritten(seq, item, what));
      assertThat(Journals.holes(all)).as(what).isEmpty();
      assertThat(journal.status().message()).as(what).isEmpty();
      return all.values().stream().anyMatch(LiveDamageTest::saysDamaged) ? 1 : 0;
    }
  }

  private void isWhatWasWritten(long seq, Sequenced item, String what) {
    JournalItem expected = written.get(seq);
    if (expected != null) {
      assertThat(item.item()).as("%s, number %d", what, seq).isEqualTo(expected);
    }
  }

  /** Durably; while the file is being repaired it is tried again. */
  private void append(SqliteJournal journal, int count) throws Exception {
    Map<CompletableFuture<Long>, JournalItem> asked = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      JournalItem item = Items.random(random);
      asked.put(journal.appendDurably(item).toCompletableFuture(), item);
    }
    for (Map.Entry<CompletableFuture<Long>, JournalItem> one : asked.entrySet()) {
      Await.until("it is known whether it is stored", () -> one.getKey().isDone());
      if (!one.getKey().isCompletedExceptionally()) {
        assertThat(written.put(one.getKey().join(), one.getValue())).isNull();
      }
    }
  }

  private static boolean saysDamaged(Sequenced item) {
    return item.item() instanceof JournalItem.Event event && event.type().equals("journal-damaged");
  }

  private long garble(Path file) throws IOException {
    byte[] noise = new byte[1 + random.nextInt(200)];
    random.nextBytes(noise);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long offset = (long) (random.nextDouble() * bytes.length());
      bytes.seek(offset);
      bytes.write(noise, 0, (int) Math.min(noise.length, bytes.length() - offset));
      return offset;
    }
  }
}
