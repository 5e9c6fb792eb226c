package io.polegate.driver.dlt645;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Sample;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes as printed, and the values that they are. */
class DataFieldTest {

  @ParameterizedTest
  @CsvSource({
    "BCD, 00000026, 26",
    "BCD, 1001, 1001",
    "BCD, 99, 99",
    "BCD, 999999999999999999, 999999999999999999",
    "SIGNED_BCD, 001234, 1234",
    "SIGNED_BCD, 801234, -1234",
    "SIGNED_BCD, 799999, 799999",
    "SIGNED_BCD, 8000, 0",
    "SIGNED_BCD, F123, -7123",
    "BITS, 0010, 16",
    "BITS, FFFF, 65535",
    "BITS, FFFFFFFFFFFFFF, 72057594037927935"
  })
  void numbers(DataType type, String printed, long value) {
    assertThat(decoded(type, printed)).isEqualTo(Sample.good(new Value.Int(value)));
  }

  @ParameterizedTest
  @CsvSource({
    "BCD, FFFFFF, SENSOR_FAULT",
    "SIGNED_BCD, FFFF, SENSOR_FAULT",
    "DIGITS, FF, SENSOR_FAULT",
    "BCD, 00A0, NOT_DECODABLE",
    "BCD, FFF0, NOT_DECODABLE",
    "BCD, FFEE, NOT_DECODABLE",
    "SIGNED_BCD, 80A0, NOT_DECODABLE",
    "SIGNED_BCD, 7FFF, NOT_DECODABLE",
    "DIGITS, 12C4, NOT_DECODABLE",
    "TEXT, 414280, NOT_DECODABLE",
    "TEXT, 41420D, NOT_DECODABLE"
  })
  void whatIsNone(DataType type, String printed, BadReason reason) {
    assertThat(decoded(type, printed))
        .isInstanceOfSatisfying(
            Sample.Bad.class, bad -> assertThat(bad.reason()).isEqualTo(reason));
  }

  @Test
  void textsAndBits() {
    assertThat(decoded(DataType.TEXT, "32323056")).isEqualTo(Sample.good(new Value.Text("220V")));
    assertThat(decoded(DataType.TEXT, "0000412042")).isEqualTo(Sample.good(new Value.Text("A B")));
    assertThat(decoded(DataType.TEXT, "2000")).isEqualTo(Sample.good(new Value.Text("")));
    assertThat(decoded(DataType.DIGITS, "000161")).isEqualTo(Sample.good(new Value.Text("000161")));
    assertThat(decoded(DataType.BYTES, "FF00")).isEqualTo(Sample.good(Bytes.ofHex("ff00")));
    byte[] word = Frame.lowFirst("8010");
    for (int bit = 0; bit < 16; bit++) {
      assertThat(new DataField(DataType.BOOL, 2, bit).decode(word))
          .isEqualTo(Sample.good(new Value.Bool(bit == 4 || bit == 15)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyContentOfEveryLengthIsAValueOrABadSample(DataType type) {
    Random random = new Random(2007);
    for (int length = 1; length <= type.mostBytes(); length++) {
      for (int round = 0; round < 200; round++) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        Sample sample = new DataField(type, length, length * 8 - 1).decode(content);
        if (sample instanceof Sample.Good good) {
          assertThat(good.value().type()).isEqualTo(type.valueType());
        }
      }
    }
  }

  private static Sample decoded(DataType type, String printed) {
    return new DataField(type, printed.length() / 2, 0).decode(Frame.lowFirst(printed));
  }
}
