package io.polegate.bench;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.journal.JournalItem.PointReading;
import io.polegate.buffer.SqliteJournal;
import io.polegate.testkit.HandPoleClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A process that stores readings in small commits, as a pole does over hours but without the time
 * between them, and says what the kernel counted as written for it from the second commit on, the
 * last checkpoint included.
 */
public final class CommittedReadings {
  private CommittedReadings() {}

  /**
   * Runs it.
   *
   * @param words {@code journal} or {@code plain}, folder, readings, readings per commit
   */
  public static void main(String... words) throws Exception {
    Path folder = Path.of(words[1]);
    List<PointReading> readings = Readings.of(Integer.parseInt(words[2]));
    int perCommit = Integer.parseInt(words[3]);
    System.out.println(
        words[0].equals("journal")
            ? journal(folder, readings, perCommit)
            : plain(folder, readings, perCommit));
  }

  /** What waits goes to the disk with the item for which somebody waits. */
  private static long journal(Path folder, List<PointReading> readings, int perCommit)
      throws IOException {
    JournalSpec spec = new JournalSpec(JournalSpec.DEFAULT.limitBytes(), Duration.ofHours(1));
    long before = 0;
    try (SqliteJournal journal =
        new SqliteJournal(folder, HandPoleClock.system(), System::nanoTime, spec)) {
      for (int i = 0; i < readings.size(); i++) {
        if ((i + 1) % perCommit == 0) {
          journal.appendDurably(readings.get(i)).toCompletableFuture().join();
          before = i < perCommit ? ProcFile.writtenBytes() : before;
        } else {
          journal.append(readings.get(i));
        }
      }
    }
    return ProcFile.writtenBytes() - before;
  }

  private static long plain(Path folder, List<PointReading> readings, int perCommit)
      throws IOException, SQLException {
    long before;
    try (PlainTable table = new PlainTable(folder)) {
      table.insert(readings.subList(0, perCommit), 1, perCommit);
      before = ProcFile.writtenBytes();
      table.insert(readings.subList(perCommit, readings.size()), perCommit + 1, perCommit);
    }
    return ProcFile.writtenBytes() - before;
  }
}
