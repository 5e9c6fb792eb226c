package io.polegate.buffer;

import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One connection's view. Keeps the last block of each lane unpacked. Thread-safe. */
final class LaneCursor implements JournalReader.Cursor {
  private final String connection;
  private final BlockReader reader;
  private final Cursors cursors;
  private final LongSupplier lastCommitted;
  private final Runnable acknowledged;
  private final Map<Lane, DecodedBlock> recent = new EnumMap<>(Lane.class);
  private long epoch;
  private long corrections;

  LaneCursor(
      String connection,
      BlockReader reader,
      Cursors cursors,
      LongSupplier lastCommitted,
      Runnable acknowledged) {
    this.connection = connection;
    this.reader = reader;
    this.cursors = cursors;
    this.lastCommitted = lastCommitted;
    this.acknowledged = acknowledged;
    cursors.open(connection);
  }

  @Override
  public long acknowledged(Lane lane) {
    return cursors.acknowledged(connection, lane);
  }

  @Override
  public synchronized List<Sequenced> read(Lane lane, long after, int max) throws JournalException {
    forgetOutdated();
    List<Sequenced> items = new ArrayList<>(Math.min(Math.max(max, 0), 1024));
    long place = after;
    while (items.size() < max) {
      Optional<DecodedBlock> block = blockAfter(lane, place);
      if (block.isEmpty()) {
        break;
      }
      List<Sequenced> all = block.get().items();
      int from = block.get().indexAfter(place);
      int to = (int) Math.min(all.size(), (long) from + max - items.size());
      items.addAll(all.subList(from, to));
      place = to == 0 ? block.get().first() : all.get(to - 1).seq();
    }
    return items;
  }

  /** An acknowledgement of what was never given out is cut to what exists. */
  @Override
  public void acknowledge(Lane lane, long seq) {
    long known = Math.min(seq, lastCommitted.getAsLong());
    if (cursors.acknowledge(new Cursors.Place(connection, lane, known))) {
      acknowledged.run();
    }
  }

  @Override
  public long pending(Lane lane) {
    try {
      return reader.pending(lane, acknowledged(lane));
    } catch (JournalException e) {
      // the state of the file is told by the journal's status
      return 0;
    }
  }

  private Optional<DecodedBlock> blockAfter(Lane lane, long place) throws JournalException {
    Optional<DecodedBlock> known =
        Optional.ofNullable(recent.get(lane))
            .filter(block -> block.first() <= place && place <= block.last());
    if (known.isPresent() && place < known.get().last()) {
      return known;
    }
    Optional<DecodedBlock> next = reader.next(lane, place, known, epoch);
    next.ifPresent(block -> recent.put(lane, block));
    return next;
  }

  private void forgetOutdated() {
    long now = reader.epoch();
    long changes = reader.corrections();
    if (now != epoch || changes != corrections) {
      recent.clear();
      epoch = now;
      corrections = changes;
    }
  }
}
