package io.polegate.driver.dlt645;

import java.util.ArrayList;
import java.util.List;

/**
 * Why a meter refuses: the bits of the error word ERR, as in published implementations (for
 * instance the constants of peers such as WKJay/DLT645 and the structure S_D07_ERR of
 * bobyuxinyang/dlt645_2007). Pure.
 */
final class ErrorWord {
  private static final List<String> BITS =
      List.of(
          "other error",
          "no such data",
          "wrong password or not authorised",
          "the speed cannot be changed",
          "too many time zones of the year",
          "too many periods of the day",
          "too many tariffs",
          "reserved bit 7");

  private ErrorWord() {}

  /** One line for a person. */
  static String text(Frame refusal) {
    byte[] data = refusal.data().toArray();
    if (data.length == 0) {
      return "refused without a reason";
    }
    List<String> reasons = new ArrayList<>();
    for (int bit = 0; bit < BITS.size(); bit++) {
      if ((data[0] >> bit & 1) != 0) {
        reasons.add(BITS.get(bit));
      }
    }
    return "error %02X: %s"
        .formatted(data[0], reasons.isEmpty() ? "no reason" : String.join(", ", reasons));
  }
}
