package io.polegate.driver.serial;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** How text is bytes. */
enum Encoding {
  /** One byte per character; reading keeps bytes above 127 as the characters of that number. */
  ASCII,
  /** Unicode. */
  UTF_8,
  /** No text: two lower-case hexadecimal digits per byte. */
  HEX;

  /** Bytes as text; never fails. */
  String text(byte[] bytes) {
    return switch (this) {
      case ASCII -> new String(bytes, StandardCharsets.ISO_8859_1);
      case UTF_8 -> new String(bytes, StandardCharsets.UTF_8);
      case HEX -> HexFormat.of().formatHex(bytes);
    };
  }

  /**
   * Text as bytes.
   *
   * @throws IllegalArgumentException if it cannot be written so
   */
  byte[] bytes(String text) {
    return switch (this) {
      case ASCII -> encode(StandardCharsets.US_ASCII, text);
      case UTF_8 -> encode(StandardCharsets.UTF_8, text);
      case HEX -> HexFormat.of().parseHex(text.replace(" ", ""));
    };
  }

  private static byte[] encode(Charset charset, String text) {
    try {
      ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("cannot be written in " + charset, e);
    }
  }
}
