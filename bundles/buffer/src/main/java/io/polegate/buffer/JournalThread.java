package io.polegate.buffer;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the inbox to disk, keeps the file sound and small, and goes on from memory when the disk
 * does not let it. {@link #openFirst} is called before the thread starts; all else happens on it.
 */
final class JournalThread implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalThread.class);
  private static final long PLACES_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

  /** Each try may write a whole file, which wears the disk. */
  private static final long SALVAGE_RETRY_NANOS = Duration.ofSeconds(10).toNanos();

  private final JournalFiles files;
  private final Path sequencePath;
  private final Inbox inbox;
  private final BlockReader reader;
  private final Store.Surroundings around;
  private final WriterState state;
  private final OwnEvents events;

  /** Without a commit in between; then something else is wrong and trying again is left to time. */
  private static final int MOST_SALVAGES = 3;

  private @Nullable SequenceFile sequence;
  private @Nullable Store store;
  private Batch batch = Batch.empty();
  private long epoch;
  private long lostInOlderFiles;
  private boolean numbered;
  private boolean hopeless;
  private int salvages;

  JournalThread(
      JournalFiles files,
      Inbox inbox,
      BlockReader reader,
      Store.Surroundings around,
      WriterState state) {
    this.files = files;
    this.sequencePath = files.database().resolveSibling("journal.seq");
    this.inbox = inbox;
    this.reader = reader;
    this.around = around;
    this.state = state;
    this.events = new OwnEvents(around.clock());
  }

  /** Opens the file if that is possible now; else the thread will go on trying. */
  void openFirst() {
    try {
      open();
    } catch (SQLException | IOException | RuntimeException | LinkageError e) {
      // a linkage error is a database library that could not be unpacked
      troubled("open", e);
      closeStore();
    }
  }

  @Override
  public void run() {
    try {
      while (!isFinished()) {
        step();
      }
    } catch (InterruptedException e) {
      LOG.warn("journal writer interrupted, {} items are lost", inbox.size(), e);
    } finally {
      // also if it ends by an error of the machine: nobody may wait for a thread that is gone
      inbox.close();
      abandon();
      closeFile();
    }
  }

  private boolean isFinished() {
    boolean clean = batch.isEmpty() && inbox.size() == 0 && untilPlacesNanos() == Long.MAX_VALUE;
    return inbox.isClosed() && (clean || hopeless);
  }

  private void step() throws InterruptedException {
    try {
      Store open = store == null ? open() : store;
      if (batch.isEmpty()) {
        await(open);
        batch = inbox.take(Space.transactionBytes(around.upkeep().free().limitBytes()));
      }
      write(open);
    } catch (SQLException
        | DamagedBlockException
        | IOException
        | RuntimeException
        | LinkageError e) {
      failed(e);
    }
  }

  private void await(Store open) throws InterruptedException, SQLException {
    long most = Math.min(open.losses().dueInNanos(), untilPlacesNanos());
    if (most > 0) {
      inbox.await(Math.min(most, Ages.STEP.toNanos()));
    }
    around.upkeep().look(inbox, open.space());
    for (Losses.Row due : open.losses().takeDue()) {
      inbox.appendGap(events.gap(due.lost()), due.id());
    }
  }

  private long untilPlacesNanos() {
    OptionalLong since = around.cursors().unstoredSinceNanos();
    if (since.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long due = since.getAsLong() + PLACES_NANOS - around.nanos().getAsLong();
    return inbox.isClosed() ? 0 : Math.max(0, due);
  }

  private void write(Store open)
      throws SQLException, DamagedBlockException, IOException, InterruptedException {
    if (!batch.isEmpty() || untilPlacesNanos() <= 0 || open.wantsCommit()) {
      reserve(open, batch.highest());
      List<Waiting> admitted = open.commit(batch);
      salvages = 0;
      Batch done = batch;
      batch = Batch.empty();
      state.committed(open.last(), lostInOlderFiles + open.lostItems());
      done.requests().forEach(Request::done);
      Waiting.settle(done.items(), admitted);
      well();
      if (!done.isEmpty()) {
        state.tellListeners();
      }
    }
    reader.undisturbed(open::tidy);
  }

  private void reserve(Store open, long seq) throws SQLException, IOException {
    if (sequence != null) {
      sequence.ensure(seq, open.floor());
    }
  }

  private Store open() throws SQLException, IOException {
    SequenceFile numbers = sequence == null ? new SequenceFile(sequencePath) : sequence;
    sequence = numbers;
    long top = numbered ? state.lastCommitted() : numbers.reserved();
    Optional<JournalFiles.Damage> damage = files.prepare(top, numbers.floor(), around.announced());
    Store opened;
    try {
      opened = new Store(files.database(), ++epoch, around);
    } catch (DamagedBlockException e) {
      damage = Optional.of(salvage(e, top));
      opened = reopened();
    } catch (SQLException e) {
      if (!Sql.isDamage(e)) {
        throw e;
      }
      damage = Optional.of(salvage(e, top));
      opened = reopened();
    }
    store = opened;
    reader.open(files.database(), epoch);
    if (opened.holds(batch)) {
      batch = Batch.empty();
    }
    if (!numbered) {
      inbox.startAt(opened.last() + 1);
      numbered = true;
    }
    state.opened(opened.last());
    damage.ifPresent(what -> inbox.append(events.damaged(what)));
    // a log that a power cut left comes first: the next cut may come before the next chance
    reader.undisturbed(opened::tidy);
    return opened;
  }

  private Store reopened() throws SQLException, IOException {
    try {
      return new Store(files.database(), ++epoch, around);
    } catch (DamagedBlockException e) {
      throw new IOException("salvaged file is damaged too", e);
    }
  }

  private JournalFiles.Damage salvage(Throwable cause, long top) throws SQLException, IOException {
    long floor = sequence == null ? 0 : sequence.floor();
    return files.salvage(String.valueOf(cause.getMessage()), top, floor, around.announced());
  }

  private void failed(Throwable e) throws InterruptedException {
    batch.requests().forEach(request -> request.failed(e));
    batch = batch.withoutRequests();
    boolean damaged =
        e instanceof DamagedBlockException || (e instanceof SQLException sql && Sql.isDamage(sql));
    if (damaged && ++salvages <= MOST_SALVAGES) {
      state.troubled("journal is damaged, salvaging");
      replaceFile(e);
    } else {
      goOnFromMemory(store == null ? "open" : "write", e);
    }
  }

  /** Whoever waits is told, the items stay, and it is tried again after a while. */
  private void goOnFromMemory(String verb, Throwable e) throws InterruptedException {
    troubled(verb, e);
    batch.items().forEach(item -> item.failed("cannot write the journal", e));
    inbox.tellWaiting(e);
    hopeless = inbox.isClosed();
    // the driver gives up statements that failed, so the next try needs new ones
    closeStore();
    inbox.pause(files.isBeingSalvaged() ? SALVAGE_RETRY_NANOS : RETRY_NANOS);
  }

  private void replaceFile(Throwable cause) throws InterruptedException {
    closeFile();
    try {
      JournalFiles.Damage damage = salvage(cause, state.lastCommitted());
      inbox.append(events.damaged(damage));
      open();
      state.tellListeners();
    } catch (SQLException | IOException | RuntimeException | LinkageError e) {
      // most likely there is no space for a second file; to be tried until there is
      salvages--;
      goOnFromMemory("salvage", e);
    }
  }

  private void troubled(String verb, Throwable e) {
    String message = "cannot " + verb + " the journal: " + e.getMessage();
    if (!message.equals(state.trouble())) {
      LOG.error("journal \"{}\" degrades to memory", files.database(), e);
    }
    state.troubled(message);
  }

  private void well() {
    String trouble = state.trouble();
    if (!trouble.isEmpty()) {
      state.troubled("");
      LOG.info("journal \"{}\" is written again", files.database());
      inbox.append(events.recovered(trouble));
    }
  }

  /** Nothing more will be written: who waits must know. */
  private void abandon() {
    IllegalStateException closed = new IllegalStateException("journal is closed");
    Batch rest = batch;
    do {
      rest.requests().forEach(request -> request.failed(closed));
      rest.items().forEach(item -> item.failed("journal is closed", closed));
      rest = inbox.take(Long.MAX_VALUE);
    } while (!rest.isEmpty());
  }

  private void closeFile() {
    try {
      reader.close();
    } catch (SQLException e) {
      LOG.warn("journal \"{}\" did not close for reading", files.database(), e);
    }
    closeStore();
  }

  /** What is on disk can still be read. */
  private void closeStore() {
    Store open = store;
    store = null;
    if (open != null) {
      lostInOlderFiles += open.lostItems();
      try {
        open.close();
      } catch (SQLException e) {
        LOG.warn("journal \"{}\" did not close", files.database(), e);
      }
    }
  }

  /** Longest time that closing may take before the thread is left alone. */
  static long closeMillis() {
    return TimeUnit.SECONDS.toMillis(30);
  }
}
