package io.polegate.bench;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.journal.JournalItem.PointReading;
import io.polegate.api.journal.JournalReader;
import io.polegate.buffer.SqliteJournal;
import io.polegate.testkit.HandPoleClock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Brings readings into a journal as fast as it takes them without dropping any. One thread. */
final class JournalFill implements AutoCloseable {
  /** Far below what the journal holds in memory before it drops. */
  private static final long MOST_WAITING = 30_000;

  private static final int LOOK_EVERY = 1024;

  private final SqliteJournal journal;
  private final JournalReader.Subscription subscription;
  private final AtomicInteger commits = new AtomicInteger();
  private final Semaphore committed = new Semaphore(0);

  JournalFill(Path folder) {
    journal =
        new SqliteJournal(folder, HandPoleClock.system(), System::nanoTime, JournalSpec.DEFAULT);
    subscription =
        journal.onCommit(
            () -> {
              commits.incrementAndGet();
              committed.release();
            });
  }

  SqliteJournal journal() {
    return journal;
  }

  int commits() {
    return commits.get();
  }

  void append(List<PointReading> readings) throws InterruptedException {
    long appended = 0;
    for (PointReading reading : readings) {
      journal.append(reading);
      if (++appended % LOOK_EVERY == 0) {
        awaitStored(appended - MOST_WAITING);
      }
    }
  }

  /** Returns when everything up to a number is on disk. */
  void awaitStored(long seq) throws InterruptedException {
    while (journal.status().lastSeq() < seq) {
      committed.acquire();
    }
  }

  @Override
  public void close() {
    journal.close();
    subscription.close();
  }
}
