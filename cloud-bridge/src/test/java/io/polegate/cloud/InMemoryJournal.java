package io.polegate.cloud;

import io.polegate.api.data.Reading;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.JournalStatus;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A journal that forgets with the test. */
final class InMemoryJournal implements JournalReader, JournalWriter {
  static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  static final SampleTime TIME = new SampleTime(NOON, TimeQuality.TRUSTED);

  private final Map<Lane, NavigableMap<Long, JournalItem>> lanes = new EnumMap<>(Lane.class);
  private final Map<String, Cursor> cursors = new HashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private long lastSeq;
  private boolean broken;
  private final AtomicInteger explosions = new AtomicInteger();

  InMemoryJournal() {
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new TreeMap<>());
    }
  }

  static JournalItem reading(int number) {
    return new JournalItem.PointReading(
        "lamp-1", "level", "%", new Reading.Good(new Value.Int(number), TIME));
  }

  static JournalItem event(Lane lane, String type) {
    return new JournalItem.Event(lane, TIME, type, Map.of("device", new Value.Text("lamp-1")));
  }

  void appendReadings(int count) {
    for (int i = 0; i < count; i++) {
      append(reading(i));
    }
  }

  /** From now on reading fails, or works again. */
  synchronized void setBroken(boolean broken) {
    this.broken = broken;
  }

  /** The next so many calls break every promise. */
  void explode(int times) {
    explosions.set(times);
  }

  int explosionsLeft() {
    return explosions.get();
  }

  private void mayExplode() {
    if (explosions.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("bug in the journal");
    }
  }

  @Override
  public void append(JournalItem item) {
    take(item);
    listeners.forEach(Runnable::run);
  }

  @Override
  public CompletionStage<Long> appendDurably(JournalItem item) {
    mayExplode();
    long seq = take(item);
    listeners.forEach(Runnable::run);
    return CompletableFuture.completedFuture(seq);
  }

  private synchronized long take(JournalItem item) {
    lane(item.lane()).put(++lastSeq, item);
    return lastSeq;
  }

  private NavigableMap<Long, JournalItem> lane(Lane lane) {
    return lanes.computeIfAbsent(lane, missing -> new TreeMap<>());
  }

  @Override
  public synchronized Cursor cursor(String connection) {
    return cursors.computeIfAbsent(connection, name -> new MapCursor());
  }

  @Override
  public Subscription onCommit(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  int listeners() {
    return listeners.size();
  }

  @Override
  public synchronized JournalStatus status() {
    return new JournalStatus(lastSeq, 0, 0, Map.of(), 0, "");
  }

  private final class MapCursor implements Cursor {
    private final Map<Lane, Long> acknowledged = new EnumMap<>(Lane.class);

    @Override
    public long acknowledged(Lane lane) {
      synchronized (InMemoryJournal.this) {
        return acknowledged.getOrDefault(lane, 0L);
      }
    }

    @Override
    public List<Sequenced> read(Lane lane, long after, int max) throws JournalException {
      mayExplode();
      synchronized (InMemoryJournal.this) {
        if (broken) {
          throw new JournalException("cannot read", new IOException("broken disk"));
        }
        List<Sequenced> items = new ArrayList<>();
        for (Map.Entry<Long, JournalItem> entry : lane(lane).tailMap(after, false).entrySet()) {
          if (items.size() == max) {
            break;
          }
          items.add(new Sequenced(entry.getKey(), entry.getValue()));
        }
        return items;
      }
    }

    @Override
    public void acknowledge(Lane lane, long seq) {
      synchronized (InMemoryJournal.this) {
        acknowledged.merge(lane, seq, Math::max);
      }
    }

    @Override
    public long pending(Lane lane) {
      synchronized (InMemoryJournal.this) {
        return lane(lane).tailMap(acknowledged(lane), false).size();
      }
    }
  }
}
