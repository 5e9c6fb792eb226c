package io.polegate.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How busy one endpoint will be.
 *
 * @param buses ids of the buses that share it
 * @param demands of all devices on them
 */
record Load(List<String> buses, List<Demand> demands) {
  private static final int MOST_NAMED = 3;

  Load {
    buses = List.copyOf(buses);
    demands = List.copyOf(demands);
  }

  /** Share of the time that it is busy; more than 1 cannot work. */
  double share() {
    return demands.stream().mapToDouble(Demand::share).sum();
  }

  /** For a person: {@code bus rs485-1: 34 % of its time}. */
  String text() {
    String names = String.join(", ", buses);
    return (buses.size() == 1 ? "bus " : "buses ")
        + names
        + ": "
        + percent(share())
        + " of "
        + (buses.size() == 1 ? "its" : "their")
        + " time";
  }

  /** What is wrong with it, and what to do. */
  String complaint() {
    Map<String, Double> byDevice = new LinkedHashMap<>();
    demands.forEach(demand -> byDevice.merge(demand.device(), demand.share(), Double::sum));
    return "needs "
        + percent(share())
        + " of the bus's time, most of it for "
        + byDevice.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .limit(MOST_NAMED)
            .map(entry -> Findings.quote(entry.getKey()) + " (" + percent(entry.getValue()) + ")")
            .collect(Collectors.joining(", "))
        + ": poll less often, read fewer points, or make the line faster";
  }

  private static String percent(double share) {
    // above the line it must not read as if it were on it
    long percent = share > 1 ? (long) Math.ceil(share * 100) : Math.round(share * 100);
    return String.format(Locale.ROOT, "%d %%", percent);
  }
}
