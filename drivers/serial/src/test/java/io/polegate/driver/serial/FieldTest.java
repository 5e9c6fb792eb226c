package io.polegate.driver.serial;

import static io.polegate.driver.serial.Texts.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTest {

  @ParameterizedTest
  @CsvSource({"+04.321,4.321", "-0001.5,-1.5", "7,7", ".5,0.5", "1.2E+3,1200", "' 21.5',21.5"})
  void realNumbersAreReadAsDevicesWriteThem(String text, double value) throws Exception {
    assertThat(field("type", "real").decode(text)).isEqualTo(Sample.good(new Value.Real(value)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "NaN", "Infinity", "1d", "0x1p3", "1e999", "--1", "1.2.3", "９", "1 2"})
  void whatIsNoNumberIsNotDecodable(String text) throws Exception {
    assertThat(field("type", "real").decode(text))
        .isInstanceOfSatisfying(
            Sample.Bad.class, bad -> assertThat(bad.reason()).isEqualTo(BadReason.NOT_DECODABLE));
  }

  @Test
  void otherKindsAreReadStrictly() throws Exception {
    assertThat(field("type", "integer").decode("-12")).isEqualTo(good(new Value.Int(-12)));
    assertThat(field("type", "integer").decode("1.0")).isInstanceOf(Sample.Bad.class);
    assertThat(field("type", "hex").decode("00fF")).isEqualTo(good(new Value.Int(255)));
    assertThat(field("type", "hex").decode("-1")).isInstanceOf(Sample.Bad.class);
    assertThat(field("type", "hex").decode("FFFFFFFFFFFFFFFF")).isInstanceOf(Sample.Bad.class);
    assertThat(field("type", "bytes").decode("0aFF")).isEqualTo(good(Bytes.ofHex("0aff")));
    assertThat(field("type", "bytes").decode("0af")).isInstanceOf(Sample.Bad.class);
    assertThat(field("type", "bool", "bit", "4").decode("10"))
        .isEqualTo(good(new Value.Bool(true)));
    Field valid = field("type", "bool", "true-is", "A", "false-is", "V");
    assertThat(valid.decode("V")).isEqualTo(good(new Value.Bool(false)));
    assertThat(valid.decode("a")).isInstanceOf(Sample.Bad.class);
  }

  @Test
  void aMessageShowsHostileTextHarmlessAndShort() throws Exception {
    assertThat(field("type", "real").decode("\u001b[2J" + "9".repeat(500)))
        .isInstanceOfSatisfying(
            Sample.Bad.class,
            bad -> assertThat(bad.detail()).startsWith("\"·[2J9").hasSizeLessThan(70));
  }

  @ParameterizedTest
  @CsvSource({
    "+00.000,5,+05.000",
    "+00.000,-1.2345,-01.235",
    "000,7,007",
    "0.0,99.94,",
    "0.0,9.94,9.9",
    "00,99.6,"
  })
  void numbersAreWrittenAsThePictureShows(String picture, double value, String text)
      throws Exception {
    Field field = field("type", "real", "format", picture);
    if (text == null) {
      assertThatThrownBy(() -> field.encode(new Value.Real(value)))
          .isInstanceOf(WriteRejectedException.class);
    } else {
      assertThat(field.encode(new Value.Real(value))).isEqualTo(text);
    }
  }

  @Test
  void withoutAPictureNumbersAreShort() throws Exception {
    assertThat(field("type", "real").encode(new Value.Real(1200.50))).isEqualTo("1200.5");
    assertThat(field("type", "integer").encode(new Value.Int(-7))).isEqualTo("-7");
    assertThat(field("type", "hex").encode(new Value.Int(255))).isEqualTo("FF");
    assertThat(field("type", "hex").encode(new Value.Int(0))).isEqualTo("0");
    assertThatThrownBy(() -> field("type", "hex").encode(new Value.Int(-1)))
        .isInstanceOf(WriteRejectedException.class);
    assertThatThrownBy(() -> field("type", "real").encode(new Value.Real(1e300)))
        .isInstanceOf(WriteRejectedException.class)
        .hasMessageContaining("too many digits");
    assertThat(field("type", "bool", "true-is", "ON").encode(new Value.Bool(true))).isEqualTo("ON");
    assertThat(field("type", "bytes").encode(Bytes.ofHex("0a"))).isEqualTo("0a");
  }

  @Test
  void settingsThatContradictEachOtherAreRefused() {
    assertRefused("bit", "type", "real", "bit", "1");
    assertRefused("format", "type", "text", "format", "00");
    assertRefused("format", "type", "integer", "format", "0.0");
    assertRefused("true-is", "type", "bool", "true-is", "0");
  }

  private static void assertRefused(String key, String... pairs) {
    assertThatThrownBy(() -> field(pairs))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo(key));
  }

  private static Sample good(Value value) {
    return Sample.good(value);
  }

  private static Field field(String... pairs) throws InvalidSettingException {
    return Field.of(settings(pairs));
  }
}
