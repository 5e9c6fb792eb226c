package io.polegate.buffer;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalHistory;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks back in the file. Numbers are not times: a clock that was set makes times go back, so the
 * search begins later and ends earlier than the times that are wanted. Thread-safe.
 */
final class History implements JournalHistory {
  /** Steps of the clock up to this hide nothing. */
  static final Duration STEP = Duration.ofHours(3);

  private static final int MOST = 10_000;
  private static final int MOST_EVENTS = 1000;

  /** At 20 readings and a commit a second two days; bounds the time of one query. */
  private static final int MOST_BLOCKS = 200_000;

  /** Read in one go, for the writer may be waiting. */
  private static final int CHUNK = 64;

  private final BlockReader reader;

  History(BlockReader reader) {
    this.reader = reader;
  }

  @Override
  public List<Slot> history(String device, String point, Instant from, Instant to, int max)
      throws JournalException {
    Slots slots = new Slots(from, to, Math.max(1, Math.min(max, MOST)));
    if (!from.isBefore(to)) {
      return List.of();
    }
    long before = firstLaterThan(to.plus(STEP));
    Instant earliest = from.minus(STEP);
    for (int blocks = 0; blocks < MOST_BLOCKS; ) {
      List<DecodedBlock> chunk = reader.before(Lane.TELEMETRY, before, CHUNK);
      for (DecodedBlock block : chunk) {
        collect(block, device, point, slots);
      }
      if (chunk.isEmpty() || chunk.stream().allMatch(block -> isBefore(block, earliest))) {
        break;
      }
      blocks += chunk.size();
      before = chunk.get(chunk.size() - 1).first();
    }
    return slots.result();
  }

  @Override
  public List<Sequenced> events(long before, int max) throws JournalException {
    int most = Math.max(1, Math.min(max, MOST_EVENTS));
    List<Sequenced> found = new ArrayList<>();
    for (Lane lane : List.of(Lane.ALARM, Lane.RESULT, Lane.STATE)) {
      found.addAll(newest(lane, before, most));
    }
    found.sort(Comparator.comparingLong(Sequenced::seq).reversed());
    return List.copyOf(found.subList(0, Math.min(most, found.size())));
  }

  private List<Sequenced> newest(Lane lane, long before, int most) throws JournalException {
    List<Sequenced> found = new ArrayList<>();
    long place = before;
    while (found.size() < most) {
      List<DecodedBlock> chunk = reader.before(lane, place, CHUNK);
      if (chunk.isEmpty()) {
        break;
      }
      for (DecodedBlock block : chunk) {
        List<Sequenced> items = block.items();
        for (int i = items.size() - 1; i >= 0 && found.size() < most; i--) {
          if (items.get(i).seq() < before) {
            found.add(items.get(i));
          }
        }
      }
      place = chunk.get(chunk.size() - 1).first();
    }
    return found;
  }

  /** A number such that, but for larger steps of the clock, all above it are later. */
  private long firstLaterThan(Instant time) throws JournalException {
    long low = 0;
    long high = reader.newest(Lane.TELEMETRY) + 1;
    long found = high;
    while (low < high) {
      long middle = (low + high) >>> 1;
      List<DecodedBlock> block = reader.before(Lane.TELEMETRY, middle + 1, 1);
      if (!block.isEmpty() && trusted(block.get(0)).filter(time::isBefore).isPresent()) {
        found = block.get(0).first();
        high = Math.min(middle, found);
      } else {
        low = middle + 1;
      }
    }
    return found;
  }

  private static boolean isBefore(DecodedBlock block, Instant time) {
    return trusted(block).filter(time::isAfter).isPresent();
  }

  /** The first time in a block that can be trusted; empty if there is none. */
  private static Optional<Instant> trusted(DecodedBlock block) {
    for (Sequenced item : block.items()) {
      if (item.item() instanceof JournalItem.PointReading reading) {
        SampleTime time = reading.reading().time();
        if (time.quality() != TimeQuality.UNTRUSTED) {
          return Optional.of(time.instant());
        }
      }
    }
    return Optional.empty();
  }

  private static void collect(DecodedBlock block, String device, String point, Slots slots) {
    for (int i = block.items().size() - 1; i >= 0; i--) {
      if (block.items().get(i).item() instanceof JournalItem.PointReading reading
          && reading.point().equals(point)
          && reading.device().equals(device)) {
        slots.addOlder(reading.reading());
      }
    }
  }
}
