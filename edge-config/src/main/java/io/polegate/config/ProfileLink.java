package io.polegate.config;

import io.polegate.api.config.DeviceSpec.Confidence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a device of a profile and its bus fit together. Stateless. */
final class ProfileLink {
  private ProfileLink() {}

  /** What the profile says of the link and is a setting of devices: defaults of this one. */
  static Map<String, Node.Entry> ofDevice(ProfileUse use) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    Place place = use.device().place(Keys.PROFILE.key());
    use.bus()
        .flatMap(Bus::vocabulary)
        .ifPresent(
            words ->
                use.known(ProfileKeys.LINK)
                    .entries()
                    .forEach(
                        (key, entry) -> {
                          if (words.device().find(key).isPresent()) {
                            entries.put(key, new Node.Entry(place, entry.value()));
                          }
                        }));
    return entries;
  }

  /** Reports a wrong driver, and notes what a technician should look at. */
  static void check(ProfileUse use) {
    use.bus().ifPresent(bus -> checkDriver(use, bus));
    if (use.profile().origin().confidence() == Confidence.LOW) {
      use.note(
          "the map of "
              + use.profile().name()
              + " is not verified ("
              + use.profile().origin().source()
              + "): compare its values with the real thing");
    }
    use.bus().ifPresent(bus -> bus.vocabulary().ifPresent(words -> compare(use, bus, words)));
  }

  private static void checkDriver(ProfileUse use, Bus bus) {
    Node.Entry drivers = use.profile().table().entries().get(ProfileKeys.DRIVERS);
    if (drivers == null) {
      return;
    }
    List<String> names =
        Texts.list(drivers.value(), "drivers of " + use.profile().name(), use.findings()).stream()
            .map(Texts.Item::value)
            .toList();
    if (!names.contains(bus.driverName())) {
      use.report(
          Keys.PROFILE.key(),
          use.profile().name()
              + " is for the drivers "
              + String.join(", ", names)
              + ", and bus "
              + Findings.quote(bus.id())
              + " has "
              + Findings.quote(bus.driverName())
              + ": put the device on another bus");
    }
  }

  private static void compare(ProfileUse use, Bus bus, Vocabulary words) {
    Node.Table link = use.known(ProfileKeys.LINK);
    for (String key : link.entries().keySet()) {
      String delivered = link.text(key);
      bus.section()
          .value(key, words.bus())
          .filter(has -> !has.equalsIgnoreCase(delivered))
          .ifPresent(
              has ->
                  use.note(
                      "comes from its maker with "
                          + key
                          + " "
                          + delivered
                          + ", and bus "
                          + Findings.quote(bus.id())
                          + " has "
                          + has));
    }
  }
}
