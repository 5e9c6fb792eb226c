package io.polegate.driver.serial;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What protects a line, between its content and its end. */
enum Checksum {
  /** Nothing. */
  NONE(0) {
    @Override
    byte[] of(byte[] content) {
      return new byte[0];
    }
  },
  /** Sum of all bytes modulo 256 as two hexadecimal digits (ADAM-4000, ICP DAS 7000). */
  SUM(2) {
    @Override
    byte[] of(byte[] content) {
      int sum = 0;
      for (byte b : content) {
        sum += b;
      }
      return hex("", sum);
    }
  },
  /**
   * A star and the exclusive or of all bytes behind the first ($ or !) as two digits (NMEA 0183).
   */
  NMEA(3) {
    @Override
    byte[] of(byte[] content) {
      int xor = 0;
      for (int i = 1; i < content.length; i++) {
        xor ^= content[i];
      }
      return hex("*", xor);
    }
  },
  /** CRC-16 of Modbus, low byte first. */
  MODBUS_CRC(2) {
    @Override
    byte[] of(byte[] content) {
      int crc = 0xFFFF;
      for (byte b : content) {
        crc ^= b & 0xFF;
        for (int bit = 0; bit < 8; bit++) {
          crc = (crc & 1) == 1 ? crc >> 1 ^ 0xA001 : crc >> 1;
        }
      }
      return new byte[] {(byte) crc, (byte) (crc >> 8)};
    }
  };

  private final int length;

  Checksum(int length) {
    this.length = length;
  }

  /** The bytes that follow this content. */
  abstract byte[] of(byte[] content);

  /** The content with its checksum. */
  byte[] protect(byte[] content) {
    byte[] sum = of(content);
    byte[] whole = Arrays.copyOf(content, content.length + sum.length);
    System.arraycopy(sum, 0, whole, content.length, sum.length);
    return whole;
  }

  /** The content of a line that is intact; empty if it is not. */
  Optional<byte[]> content(byte[] line) {
    if (line.length < length) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOf(line, line.length - length);
    byte[] sum = Arrays.copyOfRange(line, line.length - length, line.length);
    return matches(of(content), sum) ? Optional.of(content) : Optional.empty();
  }

  private boolean matches(byte[] right, byte[] given) {
    // devices write digits in either case
    boolean digits = this != MODBUS_CRC;
    return Arrays.equals(right, given)
        || (digits
            && new String(right, StandardCharsets.ISO_8859_1)
                .equalsIgnoreCase(new String(given, StandardCharsets.ISO_8859_1)));
  }

  private static byte[] hex(String before, int number) {
    return (before + String.format(Locale.ROOT, "%02X", number & 0xFF))
        .getBytes(StandardCharsets.US_ASCII);
  }
}
