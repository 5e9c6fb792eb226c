package io.polegate.api.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingTest {
  enum Parity {
    NONE,
    LOW_FIRST
  }

  private static final Setting<Integer> UNIT = Setting.integer("unit", 1, 247).required();
  private static final Setting<Duration> TIMEOUT =
      Setting.duration("timeout", Duration.ofMillis(10), Duration.ofSeconds(60))
          .defaultsTo("500ms");
  private static final Setting<Parity> PARITY = Setting.choice("parity", Parity.class);

  private static Settings settings(String key, String text) {
    return new Settings(Map.of(key, text));
  }

  @Test
  void missingSettingSaysWhatToWrite() {
    assertThatThrownBy(() -> Settings.NONE.get(UNIT))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("is missing: write a whole number from 1 to 247");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "248", "x", "", "1.5", "99999999999", "0x"})
  void wrongNumberSaysWhatToWrite(String text) {
    assertThatThrownBy(() -> settings("unit", text).get(UNIT))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("\"" + text + "\" is not valid: write a whole number from 1 to 247");
  }

  @Test
  void hexadecimalNumbersAreUnderstood() throws InvalidSettingException {
    assertThat(settings("unit", "0x50").get(UNIT)).isEqualTo(80);
  }

  @Test
  void defaultHoldsWhenNothingIsWritten() throws InvalidSettingException {
    assertThat(Settings.NONE.get(TIMEOUT)).isEqualTo(Duration.ofMillis(500));
    assertThat(settings("timeout", "2s").get(TIMEOUT)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void durationOutsideTheRangeIsRefused() {
    assertThatThrownBy(() -> settings("timeout", "61s").get(TIMEOUT))
        .hasMessage("\"61s\" is not valid: write a duration from 10ms to 1m");
  }

  @Test
  void choicesAreWrittenInKebabCase() throws InvalidSettingException {
    assertThat(settings("parity", "low-first").find(PARITY)).contains(Parity.LOW_FIRST);
    assertThat(Settings.NONE.find(PARITY)).isEmpty();
    assertThatThrownBy(() -> settings("parity", "NONE").find(PARITY))
        .hasMessage("\"NONE\" is not valid: write one of none, low-first");
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    Setting<Double> scale = Setting.real("scale");
    for (String text : new String[] {"NaN", "Infinity", "1e999", "one"}) {
      assertThatThrownBy(() -> settings("scale", text).find(scale))
          .hasMessageContaining("a number");
    }
  }

  @Test
  void schemaReportsEverythingAtOnce() {
    Schema schema = Schema.of(UNIT, TIMEOUT, PARITY);
    Settings given = new Settings(Map.of("timeout", "soon", "baud", "9600"));
    assertThat(schema.check(given))
        .extracting(InvalidSettingException::key)
        .containsExactlyInAnyOrder("unit", "timeout", "baud");
    assertThat(schema.check(new Settings(Map.of("unit", "3")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"500ms,500ms", "1000ms,1s", "90s,90s", "3600s,1h", "86400s,1d", "0s,0ms"})
  void durationsAreShownInTheirLargestWholeUnit(String written, String shown) {
    assertThat(Quantity.text(Quantity.duration(written))).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"512B,512", "64kB,64000", "256MB,256000000", "1GB,1000000000"})
  void sizesAreDecimal(String written, long bytes) {
    assertThat(Quantity.bytes(written)).isEqualTo(bytes);
    assertThat(Quantity.text(bytes)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "ms", "5 s", "-5s", "5 parsecs", "1e3s", "999999999999999d"})
  void otherDurationsAreRefused(String text) {
    assertThatThrownBy(() -> Quantity.duration(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
