package io.polegate.buffer;

import io.polegate.api.data.Bytes;
import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An item on its way to the file. Changed only under the lock of the {@link Inbox}. */
final class Waiting {
  /** No loss is settled by this item. */
  static final long NO_LOSS = 0;

  private static final int OVERHEAD_BYTES = 24;

  final JournalItem item;
  final long sinceNanos;

  /** Row of the loss that this item reports, or {@link #NO_LOSS}. */
  final long lossId;

  /** Whether its result goes to the ledger too. */
  final boolean finishesCommand;

  /** About what it takes on disk. */
  final int bytes;

  private final @Nullable CompletableFuture<Long> stored;
  private long seq;

  private Waiting(
      JournalItem item,
      long sinceNanos,
      long lossId,
      boolean finishesCommand,
      @Nullable CompletableFuture<Long> stored) {
    this.item = item;
    this.sinceNanos = sinceNanos;
    this.lossId = lossId;
    this.finishesCommand = finishesCommand;
    this.stored = stored;
    this.bytes = OVERHEAD_BYTES + variableBytes(item);
  }

  static Waiting plain(JournalItem item, long sinceNanos) {
    return new Waiting(item, sinceNanos, NO_LOSS, false, null);
  }

  static Waiting durable(JournalItem item, long sinceNanos, CompletableFuture<Long> stored) {
    return new Waiting(item, sinceNanos, NO_LOSS, false, stored);
  }

  static Waiting finishing(
      JournalItem.Result item, long sinceNanos, CompletableFuture<Long> stored) {
    return new Waiting(item, sinceNanos, NO_LOSS, true, stored);
  }

  static Waiting gap(JournalItem item, long sinceNanos, long lossId) {
    return new Waiting(item, sinceNanos, lossId, false, null);
  }

  long seq() {
    return seq;
  }

  void number(long newSeq) {
    seq = newSeq;
  }

  /** Whether it waits for company. */
  boolean isPatient() {
    return stored == null && isTelemetry();
  }

  boolean isTelemetry() {
    return item.lane() == Lane.TELEMETRY;
  }

  /** A transaction is on disk, with these of its items and not with others. */
  static void settle(List<Waiting> items, List<Waiting> admitted) {
    Set<Waiting> stored = items == admitted ? Set.of() : new HashSet<>(admitted);
    items.forEach(item -> item.settled(items == admitted || stored.contains(item)));
  }

  private void settled(boolean isStored) {
    if (stored == null) {
      return;
    }
    if (isStored) {
      stored.complete(seq);
    } else {
      failed("cannot take the item", new IllegalStateException("its lane is full"));
    }
  }

  void failed(String message, Throwable cause) {
    if (stored != null) {
      stored.completeExceptionally(new JournalException(message, cause));
    }
  }

  private static int variableBytes(JournalItem item) {
    if (item instanceof JournalItem.PointReading reading) {
      return reading.reading() instanceof Reading.Good good
          ? bytes(good.value())
          : ((Reading.Bad) reading.reading()).detail().length();
    }
    if (item instanceof JournalItem.Event event) {
      return event.attributes().entrySet().stream()
          .mapToInt(entry -> 8 + entry.getKey().length() + bytes(entry.getValue()))
          .sum();
    }
    JournalItem.Result result = (JournalItem.Result) item;
    return result.result().id().length()
        + result.result().message().length()
        + result.result().value().map(Waiting::bytes).orElse(0);
  }

  private static int bytes(Value value) {
    if (value instanceof Value.Text text) {
      return text.value().length();
    }
    return value instanceof Bytes bytes ? bytes.size() : 8;
  }
}
