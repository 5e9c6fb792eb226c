package io.polegate.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One device that is made from a profile.
 *
 * @param device as the document says
 * @param bus empty if it is unknown
 * @param findings what is wrong with it
 */
record ProfileUse(Child device, Profile profile, Optional<Bus> bus, Findings findings) {

  /** The same after something was chosen. */
  ProfileUse with(Profile other) {
    return new ProfileUse(device, other, bus, findings);
  }

  /** A table that the profile has. */
  Node.Table known(String key) {
    return profile.table().table(key);
  }

  /**
   * A table that the device has, every key of it one of {@code known}.
   *
   * @param singular what each key names, for messages
   */
  Node.Table wanted(String key, String singular, Node.Table known) {
    Node.Entry entry = device.table().entries().get(key);
    if (entry == null || entry.value() instanceof Node.Empty) {
      return new Node.Table(device.place(), Map.of());
    }
    if (!(entry.value() instanceof Node.Table)) {
      report(key, "must be a table: write " + key + ": {…}");
    }
    Node.Table wanted = device.table().table(key);
    wanted.entries().forEach((name, written) -> checkKnown(singular, name, written.place(), known));
    return wanted;
  }

  /** Reports a name that {@code known} does not have; says whether it does. */
  boolean checkKnown(String singular, String name, Place place, Node.Table known) {
    boolean there = known.entries().containsKey(name);
    if (!there) {
      Set<String> names = new TreeSet<>(known.entries().keySet());
      findings.add(place, device.name() + ": " + Nearest.none(singular, name, names));
    }
    return there;
  }

  /** Something is wrong with a key of the device. */
  void report(String key, String problem) {
    findings.add(device.place(key), key + " of " + device.name() + ": " + problem);
  }

  /** The device has a point that its profile does not have, and one of nearly that name. */
  void noteNew(String point, String near) {
    note(
        "point \""
            + point
            + "\" is taken for a new one: did you mean \""
            + near
            + "\" of the profile?");
  }

  /** Somebody should know something of the profile. */
  void note(String text) {
    findings.note(device.place(Keys.PROFILE.key()), device.name() + ": " + text);
  }
}
