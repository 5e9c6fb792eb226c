package io.polegate.buffer;

import java.util.List;

/**
 * What goes into one transaction.
 *
 * @param items in the order of their numbers
 * @param dropped losses in memory before these items
 * @param requests other work on the file
 */
record Batch(List<Waiting> items, List<Lost> dropped, List<Request> requests) {
  Batch {
    items = List.copyOf(items);
    dropped = List.copyOf(dropped);
    requests = List.copyOf(requests);
  }

  static Batch empty() {
    return new Batch(List.of(), List.of(), List.of());
  }

  boolean isEmpty() {
    return items.isEmpty() && dropped.isEmpty() && requests.isEmpty();
  }

  /** Highest number it uses; 0 if none. */
  long highest() {
    long highest = items.isEmpty() ? 0 : items.get(items.size() - 1).seq();
    for (Lost lost : dropped) {
      highest = Math.max(highest, lost.to());
    }
    return highest;
  }

  /** The same without the requests, which are not tried twice. */
  Batch withoutRequests() {
    return new Batch(items, dropped, List.of());
  }
}
