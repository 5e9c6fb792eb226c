package io.polegate.dist;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A document with one device of each shipped profile, which is its id. What a profile lets be read
 * every ten minutes or every hour is read every 20 s, so that a minute shows what it costs.
 */
final class FleetDocument {
  private static final String POLL = "10s";
  private static final Map<String, String> SPECIAL =
      Map.of(
          "wirenboard-wb-mr6c-v3",
          "setup: {safety-time: 30, safety-behaviour-1: safe-state, safe-1: true}",
          "intesis-ibmbsdal-gear",
          "parameters: {gear: 7, line: 1}",
          "arlight-dali-logic-lite-gear",
          "parameters: {gear: 12}",
          "zts-3000-i20-485",
          "parameters: {register: 40}");

  private final Map<String, String> buses = new LinkedHashMap<>();
  private final List<Device> devices = new ArrayList<>();

  /**
   * A device.
   *
   * @param profile which is its id as well
   * @param contact its address as a setting
   * @param poll of the device
   */
  private record Device(String profile, String bus, String contact, String poll) {}

  /** A bus with these settings, instead of one of the same id. */
  FleetDocument bus(String id, String settings) {
    buses.put(id, settings);
    return this;
  }

  /** Adds devices, whose units are 1, 2, 3 and so on. */
  FleetDocument units(String bus, List<String> profiles) {
    for (int i = 0; i < profiles.size(); i++) {
      devices.add(new Device(profiles.get(i), bus, "unit: " + (i + 1), POLL));
    }
    return this;
  }

  /** Adds a device with this address. */
  FleetDocument device(String profile, String bus, String address, String poll) {
    devices.add(new Device(profile, bus, "address: \"%s\"".formatted(address), poll));
    return this;
  }

  /**
   * The document.
   *
   * @param slow points with a poll of their own, by device
   */
  String text(Map<String, List<String>> slow) {
    StringBuilder text = new StringBuilder("pole: {id: FLEET}\nbuses:\n");
    buses.forEach((id, settings) -> text.append("  %s: {%s}\n".formatted(id, settings)));
    text.append("devices:\n");
    for (Device device : devices) {
      text.append(
          "  %s: {profile: %s, bus: %s, %s, poll: %s"
              .formatted(
                  device.profile(),
                  device.profile(),
                  device.bus(),
                  device.contact(),
                  device.poll()));
      String special = SPECIAL.getOrDefault(device.profile(), "");
      text.append(special.isEmpty() ? "" : ", " + special);
      List<String> points = slow.getOrDefault(device.profile(), List.of());
      text.append(points.isEmpty() ? "" : ", points: {");
      text.append(String.join(", ", points.stream().map(p -> p + ": {poll: 20s}").toList()));
      text.append(points.isEmpty() ? "}\n" : "}}\n");
    }
    return text.toString();
  }
}
