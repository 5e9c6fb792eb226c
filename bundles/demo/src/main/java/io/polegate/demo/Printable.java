package io.polegate.demo;

/** Text that came over a wire, made safe for a terminal. */
final class Printable {
  private Printable() {}

  /** Without control characters, which could move the cursor or worse. */
  static String of(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
