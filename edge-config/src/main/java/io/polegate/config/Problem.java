package io.polegate.config;

import java.util.Comparator;

/**
 * One thing that is wrong with a document.
 *
 * @param file as the user named it
 * @param line 1 and up; 0 when the file as a whole is meant
 * @param column 1 and up; 0 when the file as a whole is meant
 * @param message what is wrong and what to do about it, one line
 */
record Problem(String file, int line, int column, String message) implements Comparable<Problem> {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::message);

  /** {@code file:line:column: message}, or {@code file: message}. */
  String text() {
    return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
  }

  @Override
  public int compareTo(Problem other) {
    return BY_PLACE.compare(this, other);
  }
}
