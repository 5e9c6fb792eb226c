package io.polegate.buffer;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.JournalSpec.Evict;
import io.polegate.api.config.JournalSpec.LaneSpec;
import io.polegate.api.journal.Lane;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes room for what comes: first what every connection has, oldest first; then by the policy of
 * the lane that is full or, when the file is, of telemetry, states, alarms and results last. Takes
 * away what has outlived its lane's time to live. For the writer thread, inside a transaction.
 */
final class Room {
  private static final Set<Lane> ALL = EnumSet.allOf(Lane.class);

  /** One transaction must not become longer than the log. */
  private static final int MOST_STEPS = 256;

  /** A lane that refused items takes none before that part of its limit is free. */
  private static final int RESERVE = 8;

  private static final long FILE_RESERVE = 64_000;

  private final Evictor evictor;
  private final LaneBytes bytes;
  private final Space space;
  private final Ages ages;
  private final Losses losses;
  private final Supplier<JournalSpec> spec;
  private final PerLane<Thinner> thinners;
  private final Set<Lane> refusing = EnumSet.noneOf(Lane.class);
  private long refused;
  private long steps;

  private Room(
      Evictor evictor,
      PerLane<Thinner> thinners,
      LaneBytes bytes,
      Space space,
      Ages ages,
      Losses losses,
      Supplier<JournalSpec> spec) {
    this.evictor = evictor;
    this.bytes = bytes;
    this.space = space;
    this.ages = ages;
    this.losses = losses;
    this.spec = spec;
    this.thinners = thinners;
  }

  /** For the blocks of these tables. */
  static Room of(
      PerLane<BlockTable> tables,
      Cursors cursors,
      Losses losses,
      LaneBytes bytes,
      Space space,
      Ages ages,
      Marks marks,
      Supplier<JournalSpec> spec) {
    PerLane<Thinned> thinned = Thinned.all(marks);
    Map<Lane, Thinner> thinners = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      thinners.put(lane, new Thinner(tables.get(lane), cursors, losses, bytes, thinned.get(lane)));
    }
    Evictor evictor = new Evictor(tables, cursors, losses, bytes, thinned);
    return new Room(evictor, PerLane.of(thinners), bytes, space, ages, losses, spec);
  }

  /** Changes with everything that was taken away. */
  long changes() {
    return steps;
  }

  /** Items lost so far. */
  long lost() {
    return evictor.lost() + refused + thinners.all().mapToLong(Thinner::lost).sum();
  }

  /** Telemetry up to here was evicted by this object; 0 if none was. */
  long telemetryFloor() {
    return evictor.telemetryFloor();
  }

  /** Whether something has to go although nothing comes. */
  boolean isOverfull() throws SQLException {
    evictor.lookAnew();
    for (Lane lane : Lane.values()) {
      if (isExpired(lane) || (bytes.of(lane) > limit(lane) && evictor.oldest(lane).isPresent())) {
        return true;
      }
    }
    return false;
  }

  /** Whether any lane has a time to live. */
  boolean judgesAges() {
    return spec.get().lanes().values().stream().anyMatch(lane -> lane.keep().isPresent());
  }

  /** The items that may come in; where a lane keeps its oldest, those that do not fit may not. */
  List<Waiting> admit(List<Waiting> items) throws SQLException {
    evictor.lookAnew();
    List<Waiting> admitted = items;
    for (Lane lane : Lane.values()) {
      if (lane(lane).evict() == Evict.NEWEST) {
        admitted = admit(lane, admitted);
      }
    }
    return admitted;
  }

  private List<Waiting> admit(Lane lane, List<Waiting> items) throws SQLException {
    List<Waiting> mayWait = items.stream().filter(item -> mayBeRefused(lane, item)).toList();
    long coming = mayWait.stream().mapToLong(item -> item.bytes).sum();
    if (mayWait.isEmpty() || hasRoom(lane, coming)) {
      refusing.remove(lane);
      return items;
    }
    refusing.add(lane);
    long from = mayWait.get(0).seq();
    long to = mayWait.get(mayWait.size() - 1).seq();
    losses.add(Lost.of(from, to, mayWait.size(), lane, Lost.EVICTED));
    refused += mayWait.size();
    return items.stream().filter(item -> !mayBeRefused(lane, item)).toList();
  }

  /** What reports a loss must not be lost without a word. */
  private static boolean mayBeRefused(Lane lane, Waiting item) {
    return item.item.lane() == lane && Lost.fromEvent(item.item).isEmpty();
  }

  private boolean hasRoom(Lane lane, long coming) throws SQLException {
    boolean full = refusing.contains(lane);
    long most = limit(lane) - (full ? limit(lane) / RESERVE : 0);
    while (bytes.of(lane) + coming > most) {
      if (!step(evictor.evictDelivered(EnumSet.of(lane)))) {
        return false;
      }
    }
    while (!space.fits(coming + (full ? FILE_RESERVE : 0))) {
      if (!step(evictor.evictDelivered(ALL))) {
        return hasLower(lane);
      }
    }
    return true;
  }

  private boolean hasLower(Lane lane) throws SQLException {
    for (Lane lower : Lane.values()) {
      if (rank(lower) > rank(lane) && evictor.oldest(lower).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Alarms and results are alike. */
  private static int rank(Lane lane) {
    return switch (lane) {
      case ALARM, RESULT -> 0;
      case STATE -> 1;
      case TELEMETRY -> 2;
    };
  }

  /** Frees what these blocks need, and what has to go anyway. */
  void make(List<Block> blocks) throws SQLException {
    evictor.lookAnew();
    long coming = 0;
    PerLane<Long> byLane = PerLane.same(0L);
    for (Block block : blocks) {
      byLane.set(block.lane, byLane.get(block.lane) + LaneBytes.of(block));
      coming += LaneBytes.of(block);
    }
    for (Lane lane : Lane.values()) {
      expire(lane);
      int left = MOST_STEPS;
      while (bytes.of(lane) + byLane.get(lane) > limit(lane) && left-- > 0) {
        if (!give(lane)) {
          break;
        }
      }
    }
    while (!space.fits(coming)) {
      if (!giveAny()) {
        break;
      }
    }
  }

  private void expire(Lane lane) throws SQLException {
    int left = MOST_STEPS;
    while (isExpired(lane) && left-- > 0) {
      step(evictor.evictOldest(lane, Lost.EXPIRED));
    }
  }

  private boolean isExpired(Lane lane) throws SQLException {
    if (lane(lane).keep().isEmpty()) {
      return false;
    }
    long to = ages.olderThan(lane(lane).keep().get());
    return evictor.oldest(lane).filter(block -> block.last <= to).isPresent();
  }

  private boolean give(Lane lane) throws SQLException {
    return step(evictor.evictDelivered(EnumSet.of(lane))) || giveUndelivered(lane);
  }

  private boolean giveUndelivered(Lane lane) throws SQLException {
    Thinner thinner = thinners.get(lane);
    if (lane(lane).evict() == Evict.THIN && step(thinner.step())) {
      evictor.lookAnew();
      return true;
    }
    return step(evictor.evictOldest(lane, Lost.EVICTED));
  }

  private boolean giveAny() throws SQLException {
    return step(evictor.evictDelivered(ALL))
        || giveUndelivered(Lane.TELEMETRY)
        || giveUndelivered(Lane.STATE)
        || step(evictor.evictFirst(EnumSet.of(Lane.ALARM, Lane.RESULT)));
  }

  private boolean step(boolean done) {
    steps += done ? 1 : 0;
    return done;
  }

  private LaneSpec lane(Lane lane) {
    return spec.get().lane(lane);
  }

  private long limit(Lane lane) {
    return lane(lane).limitBytes().orElse(Long.MAX_VALUE);
  }
}
