package io.polegate.buffer;

import io.polegate.api.command.CommandResult;
import io.polegate.api.config.ConfigurationTarget;
import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.journal.CommandLedger;
import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalHistory;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.JournalStatus;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import io.polegate.api.time.PoleClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in one SQLite file. Always opens: a damaged file is salvaged, and while the disk
 * cannot be written items wait in memory. Thread-safe; {@link CommandLedger} calls block until the
 * disk has it and must not be made from a commit listener.
 */
@Component(
    immediate = true,
    service = {
      JournalWriter.class,
      JournalReader.class,
      CommandLedger.class,
      JournalHistory.class,
      ConfigurationTarget.class
    },
    property = "service.ranking:Integer=300")
public final class SqliteJournal
    implements JournalWriter,
        JournalReader,
        CommandLedger,
        JournalHistory,
        ConfigurationTarget,
        AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);

  private final JournalFiles files;
  private final Cursors cursors;
  private final Inbox inbox;
  private final BlockReader reader;
  private final History history;
  private final WriterState state = new WriterState();
  private final Thread writer;
  private final Map<String, LaneCursor> open = new ConcurrentHashMap<>();
  private final Wear wear;
  private final PoleClock clock;
  private final Runs runs;
  private volatile JournalSpec spec;

  /** Opens the journal in the folder that the framework property {@code polegate.data} names. */
  @Activate
  public SqliteJournal(BundleContext context, @Reference PoleClock clock) {
    this(
        Path.of(
            Objects.requireNonNull(
                context.getProperty("polegate.data"),
                "framework property polegate.data is not set")),
        clock,
        System::nanoTime,
        JournalSpec.DEFAULT);
    tellOfLastRun();
  }

  /**
   * Opens the journal and starts its thread.
   *
   * @param folder exists; nothing else writes to its {@code journal.*} files
   * @param clock stamps the journal's own events, and corrects the stamps of others
   * @param nanos monotonic clock
   */
  public SqliteJournal(Path folder, PoleClock clock, LongSupplier nanos, JournalSpec spec) {
    this(folder, clock, nanos, spec, () -> FreeSpace.of(folder), Wear::ofThisProcess);
  }

  /**
   * The same on a disk of which others tell.
   *
   * @param freeBytes of the file system
   * @param writtenBytes by this process
   */
  SqliteJournal(
      Path folder,
      PoleClock clock,
      LongSupplier nanos,
      JournalSpec spec,
      LongSupplier freeBytes,
      Supplier<OptionalLong> writtenBytes) {
    this.spec = spec;
    this.files = new JournalFiles(folder, clock);
    this.cursors = new Cursors(nanos);
    this.inbox = new Inbox(nanos, () -> this.spec.commitInterval().toNanos());
    this.clock = clock;
    this.runs = new Runs(clock);
    this.reader = new BlockReader(inbox::request, runs);
    this.history = new History(reader);
    this.wear = new Wear(writtenBytes, clock, nanos, () -> this.spec);
    FreeSpace free = new FreeSpace(freeBytes, () -> this.spec.limitBytes());
    Store.Surroundings around =
        new Store.Surroundings(
            cursors,
            clock,
            nanos,
            () -> this.spec,
            new Upkeep(wear, free, runs, nanos, new OwnEvents(clock)),
            ConcurrentHashMap.newKeySet());
    JournalThread thread = new JournalThread(files, inbox, reader, around, state);
    thread.openFirst();
    this.writer = new Thread(thread, "journal-writer");
    writer.start();
  }

  /** A journal that cannot be read now is reported otherwise. */
  void tellOfLastRun() {
    OptionalLong own = runs.own();
    if (own.isEmpty()) {
      return;
    }
    try {
      LastRun last = new LastRun(reader, clock, own.getAsLong());
      last.absence().ifPresent(this::append);
      for (Runs.Corrected run : runs.lost()) {
        appendDurably(last.unknown(run)).thenRun(() -> runs.told(run.from()));
      }
    } catch (JournalException e) {
      LOG.warn("how the last run ended cannot be told", e);
    }
  }

  @Override
  public void apply(PoleSpec pole) {
    spec = pole.journal();
    cursors.configure(
        pole.connections().stream().map(ConnectionSpec::id).collect(Collectors.toSet()));
    inbox.nudge();
  }

  @Override
  public void append(JournalItem item) {
    inbox.append(item);
  }

  @Override
  public CompletionStage<Long> appendDurably(JournalItem item) {
    // a copy, so that nobody can complete or cancel ours
    return inbox.appendDurably(item).minimalCompletionStage();
  }

  @Override
  public Cursor cursor(String connection) {
    return open.computeIfAbsent(
        connection,
        name -> new LaneCursor(name, reader, cursors, state::lastCommitted, inbox::nudge));
  }

  @Override
  public Subscription onCommit(Runnable listener) {
    state.listen(listener);
    return () -> state.unlisten(listener);
  }

  @Override
  public JournalStatus status() {
    Map<String, Long> pending = new HashMap<>();
    for (String connection : cursors.counted()) {
      long items = 0;
      for (Lane lane : Lane.values()) {
        items += cursor(connection).pending(lane);
      }
      pending.put(connection, items);
    }
    String trouble = state.trouble();
    String message =
        trouble.isEmpty() ? "" : trouble + "; " + inbox.size() + " items wait in memory";
    return new JournalStatus(
        state.lastCommitted(),
        usedBytes(),
        spec.limitBytes(),
        pending,
        inbox.droppedItems() + state.lostInFile(),
        wear.now(),
        message);
  }

  @Override
  public Optional<Remembered> begin(String id, Instant forgetAfter) throws JournalException {
    CompletableFuture<Optional<Remembered>> answer = new CompletableFuture<>();
    inbox.request(new BeginCommand(id, forgetAfter, answer));
    return await(answer, "remember command \"" + id + "\"");
  }

  @Override
  public void finish(CommandResult result) throws JournalException {
    await(
        inbox.finish(new JournalItem.Result(result)),
        "store the result of command \"" + result.id() + "\"");
  }

  @Override
  public List<String> unfinished() throws JournalException {
    return reader.unfinishedCommands();
  }

  @Override
  public List<Slot> history(String device, String point, Instant from, Instant to, int max)
      throws JournalException {
    return history.history(device, point, from, to, max);
  }

  @Override
  public List<Sequenced> events(long before, int max) throws JournalException {
    return history.events(before, max);
  }

  /** Returns when everything is on disk, or cannot be brought there. */
  @Deactivate
  @Override
  public void close() {
    inbox.close();
    try {
      writer.join(JournalThread.closeMillis());
    } catch (InterruptedException e) {
      // the writer goes on by itself; whoever interrupts us wants to leave
      Thread.currentThread().interrupt();
    }
  }

  /** Items of a lane after a number; as {@link Cursor#pending}, but says when it cannot tell. */
  long pendingAfter(Lane lane, long seq) throws JournalException {
    return reader.pending(lane, seq);
  }

  private long usedBytes() {
    try {
      return files.usedBytes();
    } catch (IOException e) {
      // a file may vanish between two looks at it; the next look tells
      return 0;
    }
  }

  private static <T> T await(CompletableFuture<T> answer, String what) throws JournalException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new JournalException("cannot " + what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalException("interrupted before it was known to " + what, e);
    }
  }
}
