package io.polegate.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the platform knows: the latest values and the bookkeeping. One thread. */
final class Board {
  private final Map<String, Map<String, String>> latest = new LinkedHashMap<>();
  private final Map<String, Long> readings = new LinkedHashMap<>();
  private final SequenceLedger ledger = new SequenceLedger();

  /** Expects these devices, in this order. */
  Board(Collection<String> devices) {
    for (String device : devices) {
      latest.put(device, new TreeMap<>());
      readings.put(device, 0L);
    }
  }

  /** Takes in what arrived. */
  void take(Received received) {
    if (received instanceof Received.Reading reading) {
      ledger.received(reading.seq());
      latest
          .computeIfAbsent(reading.device(), device -> new TreeMap<>())
          .put(reading.point(), reading.text());
      readings.merge(reading.device(), 1L, Long::sum);
    } else if (received instanceof Received.Event event) {
      ledger.received(event.seq());
      event.gap().ifPresent(gap -> ledger.lost(gap.from(), gap.to()));
    } else if (received instanceof Received.Result result) {
      ledger.received(result.seq());
    }
  }

  /** All devices, expected or not. */
  Set<String> devices() {
    return latest.keySet();
  }

  /** Devices without any reading. */
  List<String> silent() {
    return readings.entrySet().stream()
        .filter(entry -> entry.getValue() == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Name and latest values of a device. */
  String line(String device) {
    Map<String, String> values = latest.getOrDefault(device, Map.of());
    String text =
        values.isEmpty()
            ? "nothing yet"
            : values.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    return "%-10s %s".formatted(device, text);
  }

  /** The bookkeeping in one line. */
  String summary() {
    List<String> counts = new ArrayList<>();
    readings.forEach((device, count) -> counts.add(device + " " + count));
    long total = readings.values().stream().mapToLong(Long::longValue).sum();
    String lost = ledger.declaredLosses() == 0 ? "" : ", declared lost " + ledger.declaredLosses();
    return "%d readings received (%s), holes %d, repeats %d%s"
        .formatted(total, String.join(", ", counts), ledger.holes(), ledger.repeats(), lost);
  }
}
