package io.polegate.driver.modbus;

import java.util.Map;

/** Exception codes of the Modbus application protocol, section 7, in words. */
final class ExceptionText {
  private static final Map<Integer, String> WORDS =
      Map.of(
          1, "illegal function",
          2, "illegal data address",
          3, "illegal data value",
          4, "device failure",
          5, "accepted but not done yet",
          6, "device busy",
          8, "memory parity error",
          10, "gateway path unavailable",
          11, "gateway target device failed to respond");

  private ExceptionText() {}

  static String of(int code) {
    return "exception " + code + ": " + WORDS.getOrDefault(code, "not in the standard");
  }
}
