package io.polegate.driver.opcua;

/**
 * How far a number must move before the server reports it (Part 8, 7.2).
 *
 * @param width in the unit of the node, or in percent of its range
 * @param percent whether it is percent of the range that the server knows (EURange)
 */
record Deadband(double width, boolean percent) {
  static final String FORM = "a number like 0.5, or percent of the range like 2 %";
  private static final double WHOLE_RANGE = 100;

  /**
   * Parses the text.
   *
   * @throws IllegalArgumentException if it has not the {@link #FORM}
   */
  static Deadband parse(String text) {
    boolean percent = text.endsWith("%");
    String number = percent ? text.substring(0, text.length() - 1) : text;
    double width = Double.parseDouble(number.strip());
    if (!Double.isFinite(width) || width < 0 || (percent && width > WHOLE_RANGE)) {
      throw new IllegalArgumentException();
    }
    return new Deadband(width, percent);
  }
}
