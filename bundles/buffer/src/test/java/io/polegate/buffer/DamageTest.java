package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dpolegate.damages=N} makes it longer. */
final class DamageTest {
  private static final int ITEMS = 2500;
  private static final int ROUNDS = Integer.getInteger("polegate.damages", 40);

  private final Path folder;
  private final Random random = new Random(11);
  private final SortedMap<Long, JournalItem> written = new TreeMap<>();

  DamageTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void garbledBytesAnywhereCostOnlyWhatTheyHit() throws Exception {
    Path original = filled("original");
    long size = Files.size(original.resolve("journal.db"));
    for (int round = 0; round < ROUNDS; round++) {
      // every fourth time it is the first page
      long bound = round % 4 == 0 ? DatabaseFile.PAGE_BYTES : size;
      long offset = (long) (random.nextDouble() * bound);
      Path copy = copy(original, "garbled-" + round);
      garble(copy.resolve("journal.db"), offset, 1 + random.nextInt(200));
      checkOpens(copy, "garbled at " + offset);
    }
  }

  @Test
  void aTruncatedFileCostsOnlyItsEnd() throws Exception {
    Path original = filled("original");
    long size = Files.size(original.resolve("journal.db"));
    for (int round = 0; round < 12; round++) {
      long length = round == 0 ? 0 : (long) (random.nextDouble() * size);
      Path copy = copy(original, "truncated-" + round);
      truncate(copy.resolve("journal.db"), length);
      checkOpens(copy, "truncated to " + length);
    }
  }

  @Test
  void aLostFileIsReportedAndItsNumbersAreNotUsedAgain() throws Exception {
    Path original = filled("original");
    Files.delete(original.resolve("journal.db"));

    checkOpens(original, "file is lost");
  }

  @Test
  void aDamagedLogIsNoticed() throws Exception {
    Path live = folder.resolve("live");
    Files.createDirectory(live);
    Path crashed;
    long used;
    try (SqliteJournal journal = Journals.open(live)) {
      for (int i = 0; i < 50; i++) {
        append(journal);
        Journals.flush(journal);
      }
      note(journal);
      // as a power cut would leave it
      crashed = copy(live, "crashed");
      used = new LogIndex(live.resolve("journal.db-shm")).frames() * WalScan.FRAME;
    }
    for (int round = 0; round < ROUNDS / 8; round++) {
      Path copy = copy(crashed, "garbled-log-" + round);
      // what is in the last transactions looks like a power cut
      long offset = (long) (random.nextDouble() * used * 0.8);
      garble(copy.resolve("journal.db-wal"), offset, 1 + random.nextInt(200));
      checkOpens(copy, "log garbled at " + offset);
    }
  }

  @Test
  void onlyThreeDamagedFilesAreKept() throws Exception {
    Path journals = filled("original");
    for (int round = 0; round < 5; round++) {
      garble(journals.resolve("journal.db"), 0, 100);
      Journals.open(journals).close();
    }

    assertThat(namesOf(journals)).filteredOn(name -> name.contains(".damaged-")).hasSize(3);
  }

  /** It opens, gives nothing that was not put in, and says what is missing. */
  private void checkOpens(Path place, String what) throws Exception {
    long next;
    try (SqliteJournal journal = Journals.open(place)) {
      Journals.all(journal);
      next = journal.appendDurably(Items.alarm(-7)).toCompletableFuture().join();
      Journals.flush(journal);
      Journals.all(journal);
    }
    // what is due at an opening comes with the first commit
    try (SqliteJournal journal = Journals.open(place)) {
      Journals.flush(journal);
      Journals.flush(journal);
      SortedMap<Long, Sequenced> all = Journals.all(journal);
      assertThat(next).as(what).isGreaterThan(written.lastKey());
      all.headMap(written.lastKey() + 1)
          .forEach((seq, item) -> assertThat(item.item()).as(what).isEqualTo(written.get(seq)));
      assertThat(Journals.holes(all)).as(what).isEmpty();
      assertThat(journal.status().message()).as(what).isEmpty();
    }
  }

  private Path filled(String name) throws Exception {
    Path place = folder.resolve(name);
    Files.createDirectory(place);
    try (SqliteJournal journal = Journals.open(place)) {
      for (int i = 0; i < ITEMS; i++) {
        append(journal);
        if (random.nextInt(200) == 0) {
          Journals.flush(journal);
        }
      }
      for (int i = 0; i < 100; i++) {
        journal.begin("command-" + i, Instant.EPOCH.plusSeconds(9_000_000_000L));
      }
      Journals.flush(journal);
      note(journal);
    }
    return place;
  }

  private void append(SqliteJournal journal) {
    journal.append(Items.random(random));
  }

  private void note(SqliteJournal journal) throws Exception {
    Journals.all(journal).forEach((seq, item) -> written.put(seq, item.item()));
    assertThat(written).hasSize((int) (long) written.lastKey());
    assertThat(written.values()).anyMatch(item -> item.lane() == Lane.RESULT);
  }

  private void garble(Path file, long offset, int length) throws IOException {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(offset);
      bytes.write(noise, 0, (int) Math.max(1, Math.min(length, bytes.length() - offset)));
    }
  }

  private static void truncate(Path file, long length) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(length);
    }
  }

  private Path copy(Path from, String name) throws IOException {
    Path to = folder.resolve(name);
    Files.createDirectory(to);
    for (String file : namesOf(from)) {
      if (!file.endsWith("-shm")) {
        Files.copy(from.resolve(file), to.resolve(file));
      }
    }
    return to;
  }

  private static List<String> namesOf(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
