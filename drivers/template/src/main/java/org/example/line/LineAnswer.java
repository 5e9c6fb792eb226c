package org.example.line;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer: {@code 17 = 42.5} or {@code 17 ! why not}.
 *
 * @param number of the request that it belongs to
 */
record LineAnswer(long number, boolean good, String text) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) ([=!]) (.*)");

  /** Parses a line; empty if it is none. */
  static Optional<LineAnswer> parse(String line) {
    Matcher form = FORM.matcher(line);
    return form.matches()
        ? Optional.of(
            new LineAnswer(
                Long.parseLong(form.group(1)), form.group(2).equals("="), form.group(3)))
        : Optional.empty();
  }
}
