package io.polegate.driver.serial;

import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes as people write them: text with {@code \r \n \t \\} and {@code \x02}. */
final class Escapes {
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:([rnt\\\\])|x([0-9A-Fa-f]{2})|(.?))", Pattern.DOTALL);

  private Escapes() {}

  /**
   * The bytes that {@code text} means.
   *
   * @throws IllegalArgumentException if an escape is unknown or a character cannot be written in
   *     this encoding
   */
  static byte[] bytes(String text, Encoding encoding) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher escape = ESCAPE.matcher(text);
    int from = 0;
    while (escape.find()) {
      bytes.writeBytes(encoding.bytes(text.substring(from, escape.start())));
      bytes.write(meaning(escape));
      from = escape.end();
    }
    bytes.writeBytes(encoding.bytes(text.substring(from)));
    return bytes.toByteArray();
  }

  private static int meaning(Matcher escape) {
    if (escape.group(2) != null) {
      return Integer.parseInt(escape.group(2), 16);
    }
    if (escape.group(1) == null) {
      throw new IllegalArgumentException("unknown escape " + escape.group());
    }
    return switch (escape.group(1)) {
      case "r" -> '\r';
      case "n" -> '\n';
      case "t" -> '\t';
      default -> '\\';
    };
  }
}
