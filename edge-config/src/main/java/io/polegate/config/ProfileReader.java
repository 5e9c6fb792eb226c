package io.polegate.config;

import io.polegate.api.config.DeviceSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Puts together what a device says and what its profile says. Used once, by one thread. */
final class ProfileReader {
  private static final Set<String> OF_THE_PROFILE =
      Set.of(Keys.OPTIONS, Keys.PARAMETERS, Keys.WITHOUT);
  private final ProfileLibrary library;

  ProfileReader(ProfileLibrary library) {
    this.library = library;
  }

  /**
   * A device with everything that its profile says.
   *
   * @param device its table holds both
   * @param profile what it was made from
   * @param parameters what tells it from others behind the same unit; empty if nothing
   */
  record Made(Child device, Optional<DeviceSpec.Profile> profile, String parameters) {}

  /** Whether a profile that is the pole's own may make this device wrong at any time. */
  boolean hasOwn(Child device) {
    String id = device.text(Keys.PROFILE.key());
    return Keys.ID.matcher(id).matches() && library.isOwn(id);
  }

  /** Whether its profile is one that something is wrong with. */
  boolean hasWrong(Child device) {
    String id = device.text(Keys.PROFILE.key());
    return Keys.ID.matcher(id).matches() && library.isWrong(id);
  }

  /** Reads one device. */
  Made read(Child device, Optional<Bus> bus, Findings findings) {
    Child own = device.with(NodeMerge.without(device.table(), OF_THE_PROFILE));
    String id = device.text(Keys.PROFILE.key());
    if (!device.table().entries().containsKey(Keys.PROFILE.key())) {
      rejectKeysOfProfiles(device, findings);
    }
    if (!Keys.ID.matcher(id).matches()) {
      return new Made(own, Optional.empty(), "");
    }
    Optional<Profile> found = library.find(id);
    if (found.isEmpty()) {
      if (!library.isBroken(id)) {
        String none = Nearest.none("profile", id, library.ids());
        findings.add(device.place(Keys.PROFILE.key()), device.name() + ": " + none);
      }
      return new Made(own, Optional.empty(), "");
    }
    ProfileUse use = new ProfileUse(device, found.get(), bus, findings);
    return made(use.with(ProfileOptions.choose(use)), own);
  }

  private static Made made(ProfileUse use, Child own) {
    Map<String, Integer> parameters = ProfileParameters.of(use);
    ProfileLink.check(use);
    Node.Table points = NodeMerge.without(use.known(Keys.POINTS), without(use));
    Map<String, Node.Entry> base = new LinkedHashMap<>(ProfileLink.ofDevice(use));
    base.putAll(use.known(ProfileKeys.DEVICE).entries());
    Place place = use.device().place(Keys.PROFILE.key());
    base.put(Keys.POINTS, new Node.Entry(place, ProfileParameters.put(points, parameters, use)));
    checkSpelling(use, points);
    Node.Table both = NodeMerge.over(new Node.Table(place, base), own.table());
    return new Made(
        own.with(both),
        Optional.of(use.profile().origin()),
        parameters.isEmpty() ? "" : " " + parameters);
  }

  /** A point that is nearly called like one of the profile is hardly meant as a new one. */
  private static void checkSpelling(ProfileUse use, Node.Table points) {
    Set<String> names = points.entries().keySet();
    use.device().table().table(Keys.POINTS).entries().keySet().stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> Nearest.to(name, names).ifPresent(near -> use.noteNew(name, near)));
  }

  private static void rejectKeysOfProfiles(Child device, Findings findings) {
    for (String key : new TreeSet<>(OF_THE_PROFILE)) {
      if (device.table().entries().containsKey(key)) {
        findings.add(
            device.place(key),
            key + " of " + device.name() + ": is for devices with a profile: remove it");
      }
    }
  }

  private static Set<String> without(ProfileUse use) {
    Set<String> without = new TreeSet<>();
    for (Texts.Item item : Texts.list(use.device(), Keys.WITHOUT, use.findings())) {
      if (use.checkKnown("point", item.value(), item.place(), use.known(Keys.POINTS))) {
        without.add(item.value());
      }
    }
    return without;
  }
}
