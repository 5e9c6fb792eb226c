package io.polegate.config;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Setting;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Numbers that the addresses of a profile depend on. Stateless. */
final class ProfileParameters {
  private static final String ADDRESS = "address";
  private static final Setting<Integer> NUMBER = Setting.integer("number", 0, 65_535);

  private ProfileParameters() {}

  /** What the device says, or the defaults, by name. */
  static Map<String, Integer> of(ProfileUse use) {
    Node.Table known = use.known(Keys.PARAMETERS);
    Node.Table wanted = use.wanted(Keys.PARAMETERS, "parameter", known);
    Map<String, Integer> values = new TreeMap<>();
    for (String name : known.entries().keySet()) {
      Node.Table described = known.table(name);
      Node.Entry written = wanted.entries().get(name);
      int min = number(described.text("min")).orElse(0);
      int max = number(described.text("max")).orElse(65_535);
      String text = written == null ? described.text(ProfileKeys.DEFAULT) : wanted.text(name);
      Optional<Integer> value = number(text).filter(n -> n >= min && n <= max);
      values.put(name, value.orElse(min));
      if (value.isEmpty()) {
        use.findings()
            .add(
                written == null ? use.device().place(Keys.PROFILE.key()) : written.place(),
                "parameter "
                    + Findings.quote(name)
                    + " of "
                    + use.device().name()
                    + ": write a whole number from "
                    + min
                    + " to "
                    + max);
      }
    }
    return values;
  }

  /** The points with the parameters put into their addresses. */
  static Node.Table put(Node.Table points, Map<String, Integer> parameters, ProfileUse use) {
    if (parameters.isEmpty()) {
      return points;
    }
    Node.Table placed = points;
    for (String point : points.entries().keySet()) {
      Node.Table table = points.table(point);
      Node.Entry address = table.entries().get(ADDRESS);
      if (address != null && address.value() instanceof Node.Text text) {
        try {
          String put = AddressFormula.put(text.value(), parameters);
          Node.Entry at = new Node.Entry(address.place(), new Node.Text(text.place(), put));
          Node.Table moved = NodeMerge.with(table, ADDRESS, at);
          placed = NodeMerge.with(placed, point, new Node.Entry(address.place(), moved));
        } catch (IllegalArgumentException e) {
          use.findings()
              .add(text.place(), "address of " + use.profile().name() + ": " + e.getMessage());
        }
      }
    }
    return placed;
  }

  private static Optional<Integer> number(String text) {
    try {
      return Optional.of(NUMBER.parse(text));
    } catch (InvalidSettingException e) {
      return Optional.empty(); // the caller says so in its own words
    }
  }
}
