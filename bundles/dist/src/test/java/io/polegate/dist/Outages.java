package io.polegate.dist;

import java.util.ArrayList;
import java.util.List;

/** When there was no contact, in milliseconds since 1970. */
final class Outages {
  private final List<Outage> outages = new ArrayList<>();

  private record Outage(long from, long until, Object why) {}

  void add(long from, long until, Object why) {
    outages.add(new Outage(from, until, why));
  }

  /** The outages around a time, for a person. */
  String near(long from, long until) {
    return outages.stream()
        .filter(outage -> outage.until > from - 20_000 && outage.from < until + 20_000)
        .toList()
        .toString();
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
