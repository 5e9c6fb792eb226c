package io.polegate.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses of points that depend on parameters: {@code holding:15+100*gear+7000*line}. Stateless.
 */
final class AddressFormula {
  private static final Pattern FORM =
      Pattern.compile("([a-z]+:)([0-9A-Za-z-]+(?:[+*][0-9A-Za-z-]+)*)(\\.[0-9-]+)?");
  private static final Pattern TERM =
      Pattern.compile(
          "(?:(0x[0-9A-Fa-f]{1,4}|[0-9]{1,5})(?:\\*([a-z][a-z0-9-]*))?|([a-z][a-z0-9-]*))");

  private AddressFormula() {}

  /**
   * The address with the parameters put in; other texts as they are.
   *
   * @throws IllegalArgumentException if a parameter is unknown; its message names the remedy
   */
  static String put(String address, Map<String, Integer> parameters) {
    Matcher matcher = FORM.matcher(address);
    if (!matcher.matches()) {
      return address;
    }
    long sum = 0;
    for (String term : matcher.group(2).split("\\+", -1)) {
      sum += value(term, parameters);
    }
    String bit = matcher.group(3) == null ? "" : matcher.group(3);
    return matcher.group(1) + sum + bit;
  }

  private static long value(String term, Map<String, Integer> parameters) {
    Matcher matcher = TERM.matcher(term);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          Findings.quote(term) + " is no part of an address: write 15, gear or 100*gear");
    }
    String number = matcher.group(1);
    String name = matcher.group(3) == null ? matcher.group(2) : matcher.group(3);
    long factor = number == null ? 1 : Integer.decode(number);
    return name == null ? factor : factor * known(name, parameters);
  }

  private static int known(String name, Map<String, Integer> parameters) {
    Integer value = parameters.get(name);
    if (value == null) {
      Set<String> names = new TreeSet<>(parameters.keySet());
      throw new IllegalArgumentException(Nearest.none("parameter", name, names));
    }
    return value;
  }
}
