package io.polegate.buffer;

import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Items in memory, numbered and not yet on disk. Bounded: the oldest telemetry gives way, and when
 * there is none the oldest of the rest. Thread-safe; only the writer thread takes.
 */
final class Inbox {
  static final int MAX_ITEMS = 100_000;
  private static final long MAX_BYTES = 16_000_000;

  /** So many are worth a transaction before their interval is over. */
  private static final int ENOUGH = 8192;

  private final LongSupplier nanos;
  private final Patience patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Deque<Waiting> telemetry = new ArrayDeque<>();
  private final Deque<Waiting> others = new ArrayDeque<>();
  private final List<Request> requests = new ArrayList<>();
  private final Map<Lane, Lost> dropped = new EnumMap<>(Lane.class);
  private final AtomicLong droppedItems = new AtomicLong();
  private long next = 1;
  private long bytes;
  private boolean urgent;
  private volatile boolean closed;

  Inbox(LongSupplier nanos, LongSupplier intervalNanos) {
    this.nanos = nanos;
    this.patience = new Patience(intervalNanos);
  }

  /** Never blocks for longer than another caller holds the lock. */
  void append(JournalItem item) {
    put(Waiting.plain(item, nanos.getAsLong()));
  }

  CompletableFuture<Long> appendDurably(JournalItem item) {
    CompletableFuture<Long> stored = new CompletableFuture<>();
    put(Waiting.durable(item, nanos.getAsLong(), stored));
    return stored;
  }

  CompletableFuture<Long> finish(JournalItem.Result result) {
    CompletableFuture<Long> stored = new CompletableFuture<>();
    put(Waiting.finishing(result, nanos.getAsLong(), stored));
    return stored;
  }

  void appendGap(JournalItem item, long lossId) {
    put(Waiting.gap(item, nanos.getAsLong(), lossId));
  }

  void request(Request request) {
    boolean refused = false;
    lock.lock();
    try {
      if (closed) {
        refused = true;
      } else {
        requests.add(request);
        wake();
      }
    } finally {
      lock.unlock();
    }
    if (refused) {
      request.failed(new IllegalStateException("journal is closed"));
    }
  }

  /** Makes the writer look around. */
  void nudge() {
    lock.lock();
    try {
      wake();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      wake();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Items that gave way since the start. */
  long droppedItems() {
    return droppedItems.get();
  }

  int size() {
    lock.lock();
    try {
      return telemetry.size() + others.size();
    } finally {
      lock.unlock();
    }
  }

  /** Numbers start here; whatever waits already is numbered anew in its order. */
  void startAt(long first) {
    lock.lock();
    try {
      long shift = first - lowest();
      telemetry.forEach(item -> item.number(item.seq() + shift));
      others.forEach(item -> item.number(item.seq() + shift));
      dropped.replaceAll((lane, lost) -> lost.shifted(shift));
      next += shift;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something to do, but no longer than {@code mostNanos}. */
  void await(long mostNanos) throws InterruptedException {
    lock.lock();
    try {
      long deadline = System.nanoTime() + Math.min(mostNanos, TimeUnit.HOURS.toNanos(1));
      while (!closed && !urgent && !isDue()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return;
        }
        work.awaitNanos(Math.min(left, untilDue()));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for {@code pauseNanos}, whatever comes, unless the journal is closed. */
  void pause(long pauseNanos) throws InterruptedException {
    lock.lock();
    try {
      long deadline = System.nanoTime() + pauseNanos;
      while (!closed && deadline - System.nanoTime() > 0) {
        work.awaitNanos(deadline - System.nanoTime());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody is to wait for a disk that cannot be written; the items stay. */
  void tellWaiting(Throwable cause) {
    List<Waiting> items;
    List<Request> unanswered;
    lock.lock();
    try {
      items = List.copyOf(others);
      unanswered = List.copyOf(requests);
      requests.clear();
    } finally {
      lock.unlock();
    }
    // not under the lock: whoever hears of it may append
    items.forEach(item -> item.failed("cannot write the journal", cause));
    unanswered.forEach(request -> request.failed(cause));
  }

  /** The next items in the order of their numbers, about {@code mostBytes} of them. */
  Batch take(long mostBytes) {
    lock.lock();
    try {
      urgent = false;
      if (!closed && others.isEmpty() && requests.isEmpty() && !isDue()) {
        return Batch.empty();
      }
      List<Waiting> items = new ArrayList<>();
      long taken = 0;
      while (taken < mostBytes && items.size() < ENOUGH) {
        Optional<Waiting> item = pollLowest();
        if (item.isEmpty()) {
          break;
        }
        items.add(item.get());
        taken += item.get().bytes;
        if (item.get().isPatient()) {
          patience.taken();
        }
      }
      Batch batch = new Batch(items, List.copyOf(dropped.values()), requests);
      dropped.clear();
      requests.clear();
      urgent = !others.isEmpty();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void put(Waiting item) {
    List<Waiting> rejected = new ArrayList<>(0);
    lock.lock();
    try {
      if (closed) {
        rejected.add(item);
      } else {
        enqueue(item, rejected);
      }
    } finally {
      lock.unlock();
    }
    // not under the lock: whoever hears of it may append
    rejected.forEach(
        gone ->
            gone.failed(
                "cannot take the item",
                new IllegalStateException("journal is closed or cannot keep up")));
  }

  private void enqueue(Waiting item, List<Waiting> rejected) {
    item.number(next++);
    (item.isPatient() ? telemetry : others).addLast(item);
    bytes += item.bytes;
    while (telemetry.size() + others.size() > MAX_ITEMS || bytes > MAX_BYTES) {
      Waiting oldest = telemetry.isEmpty() ? others.removeFirst() : telemetry.removeFirst();
      drop(oldest);
      rejected.add(oldest);
    }
    if (!item.isPatient()) {
      wake();
    } else if (telemetry.size() == 1 || telemetry.size() % ENOUGH == 0) {
      work.signal();
    }
  }

  private void drop(Waiting item) {
    bytes -= item.bytes;
    droppedItems.incrementAndGet();
    Lane lane = item.item.lane();
    Lost lost = Lost.of(item.seq(), item.seq(), 1, lane, Lost.OVERFLOW);
    dropped.merge(lane, lost, Lost::with);
  }

  private Optional<Waiting> pollLowest() {
    Waiting patient = telemetry.peekFirst();
    Waiting other = others.peekFirst();
    boolean takeOther = other != null && (patient == null || other.seq() < patient.seq());
    Waiting item = takeOther ? others.pollFirst() : telemetry.pollFirst();
    if (item != null) {
      bytes -= item.bytes;
    }
    return Optional.ofNullable(item);
  }

  private long lowest() {
    long lowest = next;
    for (Deque<Waiting> queue : List.of(telemetry, others)) {
      Waiting first = queue.peekFirst();
      lowest = first == null ? lowest : Math.min(lowest, first.seq());
    }
    for (Lost lost : dropped.values()) {
      lowest = Math.min(lowest, lost.from());
    }
    return lowest;
  }

  private boolean isDue() {
    return telemetry.size() >= ENOUGH || !others.isEmpty() || untilDue() <= 0;
  }

  private long untilDue() {
    Waiting oldest = telemetry.peekFirst();
    return oldest == null
        ? Long.MAX_VALUE
        : oldest.sinceNanos + patience.nanos() - nanos.getAsLong();
  }

  private void wake() {
    urgent = true;
    work.signalAll();
  }
}
