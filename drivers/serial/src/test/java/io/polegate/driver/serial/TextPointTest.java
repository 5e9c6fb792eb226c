package io.polegate.driver.serial;

import static io.polegate.driver.serial.Texts.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.FrameTrace.Kind;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPointTest {
  private static final Settings ADAM = settings("address", "0A");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?<value>(a+)+)b",
        "(?<value>(a|a)*)b",
        "(?<value>(|){60})b",
        "(?<value>.*.*.*.*.*)b"
      })
  void noPatternMakesALongLineTakeLong(String pattern) throws Exception {
    TextPoint point = point(ADAM, settings("send", "x", "expect", pattern));
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(point.fits("a".repeat(1024))).isFalse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?<value>a{9999})",
        "(?<value>a{1001})",
        "(?<value>(.{0,999}){0,999})",
        "(?<value>((a{900}){900}){900})",
        "(?<value>a)(?=b)",
        "(?<value>a)\\1",
        "(a)",
        "(?<other>a)",
        "(?<value>a"
      })
  void aPatternThatIsNoneOrTooLargeIsRefused(String pattern) {
    assertRefused("expect", ADAM, settings("send", "x", "expect", pattern));
  }

  @Test
  void aPatternThatIsTooLongIsRefused() {
    assertRefused(
        "expect", ADAM, settings("send", "x", "expect", "(?<value>" + "a".repeat(500) + ")"));
  }

  @Test
  void aPatternHasToFitTheWholeLine() throws Exception {
    TextPoint point = point(ADAM, settings("send", "x", "expect", "!{address}(?<value>[0-9]+)"));
    assertThat(point.fits("!0A12")).isTrue();
    assertThat(point.fits("!0B12")).isFalse();
    assertThat(point.fits("x!0A12")).isFalse();
    assertThat(point.fits("!0A12 ")).isFalse();
  }

  @Test
  void aGroupThatTookNoPartIsABadSample() throws Exception {
    TextPoint point = point(ADAM, settings("send", "x", "expect", "!(?:(?<value>[0-9]+)|none)"));
    assertThat(point.sample(new Line(Kind.ANSWER, "!7"))).isEqualTo(Sample.good(new Value.Real(7)));
    assertThat(point.sample(new Line(Kind.ANSWER, "!none"))).isInstanceOf(Sample.Bad.class);
  }

  @Test
  void escapesAndHexadecimalDigitsBecomeBytes() throws Exception {
    assertThat(
            point(ADAM, settings("send", "\\x02{address}\\\\\\t", "expect", "(?<value>.)"))
                .request())
        .contains(Bytes.ofHex("0230415c09"));
    Settings hex = settings("encoding", "hex", "address", "1f");
    assertThat(point(hex, settings("send", "02 {address} ff", "expect", "(?<value>.)")).request())
        .contains(Bytes.ofHex("021fff"));
    assertRefused("send", hex, settings("send", "02 f", "expect", "(?<value>.)"));
    assertRefused("send", ADAM, settings("send", "温", "expect", "(?<value>.)"));
    assertRefused("send", ADAM, settings("send", "a\\q", "expect", "(?<value>.)"));
    assertRefused("send", ADAM, settings("send", "a\\", "expect", "(?<value>.)"));
  }

  @Test
  void accessFollowsFromWhatIsWritten() throws Exception {
    assertThat(point(ADAM, settings("send", "x", "expect", "(?<value>.)")).access())
        .isEqualTo(Access.READ);
    assertThat(point(ADAM, settings("write", "x{value}")).access()).isEqualTo(Access.WRITE);
    assertThat(
            point(ADAM, settings("send", "x", "expect", "(?<value>.)", "write", "x{value}"))
                .access())
        .isEqualTo(Access.READ_WRITE);
  }

  @Test
  void settingsThatContradictEachOtherAreRefused() {
    Settings nameless = settings();
    Settings talker = settings("free-running", "true");
    assertRefused("send", nameless, settings("send", "#{address}", "expect", "(?<value>.)"));
    assertRefused("expect", nameless, settings("send", "#", "expect", "{address}(?<value>.)"));
    assertRefused("write", nameless, settings("write", "{address}{value}"));
    assertRefused("send", talker, settings("send", "#", "expect", "(?<value>.)"));
    assertRefused("send", ADAM, settings("send", "#", "write", "{value}"));
    assertRefused("expect", ADAM, settings("send", "#"));
    assertRefused("confirm", ADAM, settings("send", "#", "expect", "(?<value>.)", "confirm", "x"));
    assertRefused("bit", ADAM, settings("type", "bool", "bit", "1", "write", "{value}"));
    assertRefused("refusal", settings("refusal", "?{address}"), settings("write", "{value}"));
    assertRefused("answer", settings("answer", "("), settings("write", "{value}"));
  }

  @Test
  void lineEndsAreChecked() throws Exception {
    assertThat(LineRules.of(settings("port", "x", "line-end", "\\r\\n")).sendEnd())
        .isEqualTo(Bytes.ofHex("0d0a"));
    assertThat(LineRules.of(settings("port", "x", "line-end", "\r")).lineEnd())
        .isEqualTo(Bytes.ofHex("0d"));
    assertThat(LineRules.of(settings("port", "x", "send-end", "none")).sendEnd().size()).isZero();
    assertThatThrownBy(() -> LineRules.of(settings("port", "x", "line-end", "\\z")))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo("line-end"));
  }

  private static TextPoint point(Settings device, Settings point) throws InvalidSettingException {
    return TextPoint.of(TextDevice.of(device), point);
  }

  private static void assertRefused(String key, Settings device, Settings point) {
    assertThatThrownBy(() -> point(device, point))
        .isInstanceOfSatisfying(
            InvalidSettingException.class,
            e -> {
              assertThat(e.key()).isEqualTo(key);
              assertThat(e.getMessage()).isNotBlank();
            });
  }
}
