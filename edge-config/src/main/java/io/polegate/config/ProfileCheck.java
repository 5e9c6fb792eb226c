package io.polegate.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Checks what a profile says for technicians: how the model is recognised and how it gets its
 * address. Stateless.
 */
final class ProfileCheck {
  private static final String NUMBER = "(?:0x[0-9A-Fa-f]{1,8}|-?[0-9]+(?:\\.[0-9]+)?)";
  private static final Pattern EXPECTED =
      Pattern.compile(NUMBER + "(?:\\.\\." + NUMBER + ")?|[A-Za-z0-9_-]{1,64}");
  private static final Pattern RANGE = Pattern.compile("[0-9]{1,3}\\.\\.[0-9]{1,3}");
  private static final String UNIT = "(?:old|new|unit (?:0x[0-9A-Fa-f]{1,2}|[0-9]{1,3}))";
  private static final String REGISTER =
      "(?:holding|input|coil|discrete):(?:0x[0-9A-Fa-f]{1,4}|[0-9]{1,5})";
  private static final Pattern STEP =
      Pattern.compile(UNIT + " " + REGISTER + "=(?:new|0x[0-9A-Fa-f]{1,4}|[0-9]{1,5})");
  private static final Pattern FIND = Pattern.compile(UNIT + " " + REGISTER);
  private static final Map<String, Pattern> OF_ADDRESS_CHANGE =
      Map.of("range", RANGE, "steps", STEP, "find", FIND);

  private ProfileCheck() {}

  /** Reports what is wrong. */
  static void check(String name, Node.Table profile, Findings findings) {
    identify(name, profile, findings);
    addressChange(name, profile, findings);
  }

  private static void identify(String name, Node.Table profile, Findings findings) {
    Set<String> points = new TreeSet<>(profile.table(Keys.POINTS).entries().keySet());
    String where = ProfileKeys.IDENTIFY + " of " + name;
    profile
        .table(ProfileKeys.IDENTIFY)
        .entries()
        .forEach(
            (point, entry) -> {
              if (!points.contains(point)) {
                findings.add(entry.place(), where + ": " + Nearest.none("point", point, points));
              }
              for (Texts.Item item : Texts.list(entry.value(), where, findings)) {
                if (!EXPECTED.matcher(item.value()).matches()) {
                  findings.add(
                      item.place(), where + ": write LOW..HIGH, one value, or a list of them");
                }
              }
            });
  }

  private static void addressChange(String name, Node.Table profile, Findings findings) {
    String where = ProfileKeys.ADDRESS_CHANGE + " of " + name;
    profile
        .table(ProfileKeys.ADDRESS_CHANGE)
        .entries()
        .forEach(
            (key, entry) -> {
              Pattern form = OF_ADDRESS_CHANGE.get(key);
              if (form == null) {
                findings.add(entry.place(), where + ": write range, steps or find");
                return;
              }
              for (Texts.Item item : Texts.list(entry.value(), where, findings)) {
                if (!form.matcher(item.value()).matches()) {
                  findings.add(
                      item.place(),
                      where
                          + ": "
                          + Findings.quote(item.value())
                          + " is no "
                          + key
                          + ": write like 1..247, \"old holding:0=new\", \"unit 255 holding:0\"");
                }
              }
            });
  }
}
