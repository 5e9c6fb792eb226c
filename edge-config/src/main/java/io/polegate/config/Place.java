package io.polegate.config;

/**
 * A place in a document.
 *
 * @param file empty for the document itself
 * @param line 1 and up; 0 when the file as a whole is meant
 * @param column 1 and up, in characters; 0 when the file as a whole is meant
 */
record Place(String file, int line, int column) {
  /** The file as a whole. */
  static final Place FILE = new Place(0, 0);

  /** Where a document starts. */
  static final Place START = new Place(1, 1);

  /** A place in the document itself. */
  Place(int line, int column) {
    this("", line, column);
  }

  /** The same line and column of another file. */
  Place in(String other) {
    return new Place(other, line, column);
  }

  /** The place behind {@code before}. */
  static Place after(CharSequence before) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < before.length(); i++) {
      char c = before.charAt(i);
      if (c == '\n') {
        line++;
        column = 1;
      } else if (!Character.isLowSurrogate(c)) {
        column++;
      }
    }
    return new Place(line, column);
  }
}
