package io.polegate.buffer;

import io.polegate.api.journal.Lane;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/** Where each connection is in each lane. In memory; the writer brings it to disk. Thread-safe. */
final class Cursors {
  private final LongSupplier nanos;
  private final Map<String, Map<Lane, Long>> places = new HashMap<>();
  private Optional<Set<String>> configured = Optional.empty();
  private long changes;
  private long storedChanges;
  private long firstChangeNanos;

  Cursors(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** From now on these connections count, and no others. */
  synchronized void configure(Set<String> connections) {
    configured = Optional.of(Set.copyOf(connections));
  }

  synchronized void open(String connection) {
    places.computeIfAbsent(connection, name -> new EnumMap<>(Lane.class));
  }

  synchronized long acknowledged(String connection, Lane lane) {
    return places.getOrDefault(connection, Map.of()).getOrDefault(lane, 0L);
  }

  /**
   * Never goes back.
   *
   * @return whether it is the first change since all places were stored
   */
  synchronized boolean acknowledge(Place place) {
    open(place.connection());
    Map<Lane, Long> lanes = places.getOrDefault(place.connection(), Map.of());
    if (place.seq() <= lanes.getOrDefault(place.lane(), 0L)) {
      return false;
    }
    lanes.put(place.lane(), place.seq());
    boolean first = changes == storedChanges;
    if (first) {
      firstChangeNanos = nanos.getAsLong();
    }
    changes++;
    return first;
  }

  /** Takes what was stored before; newer places in memory win. */
  synchronized void load(List<Place> stored) {
    stored.forEach(this::acknowledge);
  }

  /**
   * The connections that count: those of the document, or all that are known before there is one.
   */
  synchronized Set<String> counted() {
    return configured.orElseGet(() -> Set.copyOf(places.keySet()));
  }

  /** Every connection that counts has all of the lane up to here; 0 if there is none. */
  synchronized long deliveredToAll(Lane lane) {
    return counted().stream()
        .mapToLong(connection -> acknowledged(connection, lane))
        .min()
        .orElse(0);
  }

  /** When the oldest place that is not on disk was set. */
  synchronized OptionalLong unstoredSinceNanos() {
    return changes == storedChanges ? OptionalLong.empty() : OptionalLong.of(firstChangeNanos);
  }

  /** All places as they are now. */
  synchronized Snapshot snapshot() {
    List<Place> all = new ArrayList<>();
    places.forEach(
        (connection, lanes) ->
            lanes.forEach((lane, seq) -> all.add(new Place(connection, lane, seq))));
    return new Snapshot(all, changes);
  }

  /** The snapshot is on disk. */
  synchronized void stored(Snapshot snapshot) {
    storedChanges = snapshot.changes();
    firstChangeNanos = nanos.getAsLong();
  }

  /** A place of one connection in one lane. */
  record Place(String connection, Lane lane, long seq) {}

  /** Places at one moment. */
  record Snapshot(List<Place> places, long changes) {
    Snapshot {
      places = List.copyOf(places);
    }
  }
}
