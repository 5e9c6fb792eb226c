package io.polegate.driver.dlt645;

import io.polegate.api.driver.BusScan.Candidate;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where a meter may be, the likeliest first: one request per speed asks whoever is there. Pure. */
final class ScanPlan {
  private static final List<String> SPEEDS = List.of("2400", "9600", "1200", "4800");
  private static final Settings WHOEVER = new Settings(Map.of("address", MeterDevice.ANY));

  private ScanPlan() {}

  static List<Candidate> of(List<String> ports, Settings known) {
    String port = known.texts().get("port");
    Set<Settings> buses = new LinkedHashSet<>();
    for (String name : port == null ? ports : List.of(port)) {
      for (String speed : SPEEDS) {
        Map<String, String> texts = new HashMap<>();
        texts.putAll(Map.of("port", name, "baud", speed, "parity", "even", "stop-bits", "1"));
        texts.put("timeout", "600ms");
        texts.putAll(known.texts());
        buses.add(new Settings(texts));
      }
    }
    List<Candidate> candidates = new ArrayList<>();
    buses.forEach(bus -> candidates.add(new Candidate(bus, WHOEVER, atMost(bus))));
    return List.copyOf(candidates);
  }

  private static Duration atMost(Settings bus) {
    try {
      int request = 4 + Frame.OVERHEAD;
      return LinkTiming.of(bus).inVain(request);
    } catch (InvalidSettingException e) {
      throw new IllegalArgumentException(e.key() + " " + e.getMessage(), e);
    }
  }
}
