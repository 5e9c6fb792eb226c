package io.polegate.dist;

import java.util.ArrayList;
import java.util.List;

/** When there was no contact, in milliseconds since 1970. */
final class Outages {
  private final List<Outage> outages = new ArrayList<>();

  private record Outage(long from, long until) {}

  void add(long from, long until) {
    outages.add(new Outage(from, until));
  }

  /** All of them together. */
  long millis() {
    return outages.stream().mapToLong(outage -> outage.until - outage.from).sum();
  }

  /**
   * How long something took, not counting what was spent without contact.
   *
   * @param patience an outage that begins within it starts the count anew
   */
  long late(long ready, long arrived, long patience) {
    long from = ready;
    for (Outage outage : outages) {
      boolean touches = outage.from <= from + patience && outage.until > from;
      if (touches && arrived >= outage.from) {
        from = outage.until;
      }
    }
    return arrived - from;
  }
}
