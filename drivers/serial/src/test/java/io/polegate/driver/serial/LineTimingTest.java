package io.polegate.driver.serial;

import static io.polegate.driver.serial.Texts.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What depends on time, with a clock turned by hand. 9600 baud, time-out 500 ms, gap 20 ms. */
class LineTimingTest {
  private static final Settings ADAM = settings("address", "01");
  private static final Settings GAUGE = settings("free-running", "true");
  private static final Settings CHECKED = settings("free-running", "true", "checksum", "nmea");
  private static final Settings INPUT =
      settings("send", "#{address}", "expect", ">(?<value>[-+.0-9]+)");
  private static final Settings LEVEL = settings("expect", "L=(?<value>[0-9.]+)");
  private static final Settings WIND = settings("expect", ".WIMWV,[0-9.]+,R,(?<value>[0-9.]+),.*");
  private static final Settings ANGLE = settings("expect", ".WIMWV,(?<value>[0-9.]+),.*");
  private static final String CALM = "$WIMWV,214.8,R,0.1,K,A*28\r";
  private static final String STORM = "$WIMWV,214.8,R,25.0,K,A*1E\r";

  private final HandClock clock = new HandClock();
  private final FakeLine line = new FakeLine(clock);

  @Test
  void aLateAnswerIsWaitedForBeforeAnybodyIsAsked() throws Exception {
    Driver driver = open("\\r");
    Point point = driver.point(ADAM, INPUT);
    assertThatThrownBy(() -> driver.read(List.of(point)))
        .isInstanceOf(DeviceSilentException.class)
        .hasMessage("device 01 did not answer");
    line.later(Duration.ofMillis(300), ">+99.999\r").answering(">+04.321\r");
    Instant before = clock.instant();
    assertThat(driver.read(List.of(point))).containsExactly(real(4.321));
    assertThat(Duration.between(before, clock.instant()))
        .as("until the late answer and the gap")
        .isBetween(Duration.ofMillis(320), Duration.ofMillis(350));
  }

  @Test
  void aSilentDeviceCostsOneTimeoutAndItsAnswerAnotherOneAtMost() throws Exception {
    Driver driver = open("\\r");
    Point point = driver.point(ADAM, INPUT);
    Instant before = clock.instant();
    assertThatThrownBy(() -> driver.read(List.of(point))).isInstanceOf(DeviceSilentException.class);
    assertThat(Duration.between(before, clock.instant())).isLessThan(Duration.ofMillis(550));
    line.answering(">+04.321\r");
    before = clock.instant();
    assertThat(driver.read(List.of(point))).containsExactly(real(4.321));
    assertThat(Duration.between(before, clock.instant()))
        .isBetween(Duration.ofMillis(500), Duration.ofMillis(550));
  }

  @Test
  void nobodyIsAskedOnALineThatDoesNotFallSilent() throws Exception {
    Driver driver = open("\\r");
    Point point = driver.point(ADAM, INPUT);
    for (int i = 0; i < 1000; i++) {
      line.later(Duration.ofMillis(10L * i), "noise");
    }
    assertThatThrownBy(() -> driver.read(List.of(point)))
        .isInstanceOf(DeviceSilentException.class)
        .hasMessage("device 01 was not asked: \"/dev/null\" does not fall silent");
    assertThat(line.sent()).isEmpty();
  }

  @Test
  void aLineThatTricklesWithoutEndIsGivenUp() throws Exception {
    Driver driver = open("\\r");
    Point point = driver.point(ADAM, INPUT);
    for (int i = 0; i < 1000; i++) {
      line.later(Duration.ofMillis(30 + 100L * i), "7");
    }
    Instant before = clock.instant();
    assertThatThrownBy(() -> driver.read(List.of(point))).isInstanceOf(DeviceSilentException.class);
    assertThat(Duration.between(before, clock.instant())).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void silenceEndsALineThatHasNoOtherEnd() throws Exception {
    Driver driver = open("none");
    Point point =
        driver.point(
            settings("encoding", "hex", "checksum", "modbus-crc"),
            settings("send", "0103 0000 0001", "expect", "010302(?<value>.{4})", "type", "hex"));
    line.answering("\1\3\2\1\u00f4\u00b8S");
    assertThat(driver.read(List.of(point))).containsExactly(Sample.good(new Value.Int(500)));
    assertThat(line.sent()).containsExactly("\1\3\0\0\0\1\u0084\n");
  }

  @Test
  void ofSeveralLinesThatCameTheLastCounts() throws Exception {
    Driver driver = open("\\r");
    line.later(Duration.ofSeconds(1), CALM).later(Duration.ofSeconds(2), STORM);
    clock.advance(Duration.ofSeconds(3));
    List<Point> points = List.of(driver.point(CHECKED, WIND), driver.point(CHECKED, ANGLE));
    assertThat(driver.read(points)).containsExactly(real(25.0), real(214.8));
  }

  @Test
  void aLineThatMayBeTooOldIsNotReadAndAFreshOneIsWaitedFor() throws Exception {
    Driver driver = open("\\r");
    line.later(Duration.ofSeconds(1), STORM);
    clock.advance(Duration.ofSeconds(11));
    line.later(Duration.ofMillis(400), CALM);
    assertThat(driver.read(List.of(driver.point(CHECKED, WIND)))).containsExactly(real(0.1));
  }

  @Test
  void whatAGaugeDoesNotSayIsBadAndTheRestIsGood() throws Exception {
    Driver driver = open("\\r");
    Point rain = driver.point(CHECKED, settings("expect", "\\$RAIN,(?<value>.*)"));
    line.later(Duration.ofMillis(400), CALM);
    assertThat(driver.read(List.of(rain, driver.point(CHECKED, WIND))))
        .containsExactly(
            Sample.bad(BadReason.DEVICE_SILENT, "no such line came within the time-out"),
            real(0.1));
    assertThatThrownBy(() -> driver.read(List.of(rain)))
        .isInstanceOf(DeviceSilentException.class)
        .hasMessage("the device said nothing");
  }

  @Test
  void corruptLinesOfAGaugeNeverBecomeAValue() throws Exception {
    Driver driver = open("\\r");
    Point wind = driver.point(CHECKED, WIND);
    line.later(Duration.ofMillis(100), CALM.replace("0.1", "9.1"))
        .later(Duration.ofMillis(200), STORM.substring(0, 12) + CALM.substring(0, 9) + "\r");
    assertThatThrownBy(() -> driver.read(List.of(wind)))
        .isInstanceOf(DeviceSilentException.class)
        .hasMessageStartingWith("the device said nothing that fits, last \"$WIMWV,214.8");
  }

  @Test
  void withoutAChecksumTheFirstLineAfterAPauseIsNotTrusted() throws Exception {
    Driver driver = open("\\r");
    Point level = driver.point(GAUGE, LEVEL);
    // the kernel lost what was between the two halves
    line.later(Duration.ofSeconds(1), "L=12.5\rL=1");
    clock.advance(Duration.ofSeconds(2));
    line.later(Duration.ofMillis(100), "9.9\rL=12.7\r");
    assertThat(driver.read(List.of(level))).containsExactly(real(12.7));
  }

  @Test
  void afterSilenceTheFirstLineIsWholeEvenWithoutAChecksum() throws Exception {
    Driver driver = open("\\r");
    line.later(Duration.ofMillis(300), "L=12.7\r");
    assertThat(driver.read(List.of(driver.point(GAUGE, LEVEL)))).containsExactly(real(12.7));
  }

  @Test
  void aLineThatIsStillComingWhenTimeIsUpCountsNextTime() throws Exception {
    Driver driver = open("\\r");
    Point wind = driver.point(CHECKED, WIND);
    line.later(Duration.ofMillis(490), CALM.substring(0, 10))
        .later(Duration.ofMillis(510), CALM.substring(10));
    assertThatThrownBy(() -> driver.read(List.of(wind))).isInstanceOf(DeviceSilentException.class);
    assertThat(driver.read(List.of(wind))).containsExactly(real(0.1));
  }

  @Test
  void aCommandWithoutConfirmIsSentAndNotWaitedFor() throws Exception {
    Driver driver = open("\\r");
    Point point = driver.point(ADAM, settings("write", "#{address}{value}", "format", "+00.000"));
    driver.write(point, new Value.Real(5));
    assertThat(line.sent()).containsExactly("#01+05.000\r");
  }

  @Test
  void anAnswerThatNobodyWaitedForIsNotTakenForTheNextOne() throws Exception {
    Driver driver = open("\\r");
    Point output = driver.point(ADAM, settings("write", "#{address}{value}"));
    Point any =
        driver.point(ADAM, settings("send", "#01", "expect", "(?<value>.*)", "type", "text"));
    driver.write(output, new Value.Real(5));
    line.later(Duration.ofMillis(100), ">\r").answering(">+04.321\r");
    assertThat(driver.read(List.of(any))).containsExactly(Sample.good(new Value.Text(">+04.321")));
  }

  @Test
  void aConfirmationMustRepeatTheValue() throws Exception {
    Driver driver = open("\\r");
    Point point =
        driver.point(
            settings("address", "01", "answer", "!{address}"),
            settings("write", "@{address}{value}", "confirm", "!{address}{value}"));
    line.answering("!011.5\r");
    driver.write(point, new Value.Real(1.5));
    assertThatThrownBy(() -> driver.write(point, new Value.Real(2.5)))
        .hasMessage("device 01 answered \"!011.5\"");
  }

  private Driver open(String lineEnd) throws Exception {
    Settings bus = settings("port", "/dev/null", "line-end", lineEnd);
    LineRules rules = LineRules.of(bus);
    Driver driver = new SerialDriver(rules, new LineLink(rules, line, clock.monotonic()));
    driver.open();
    return driver;
  }

  private static Sample real(double value) {
    return Sample.good(new Value.Real(value));
  }
}
