package io.polegate.driver.dlt645;

import static io.polegate.driver.dlt645.Texts.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What depends on time, with a clock turned by hand. 2400 baud, time-out 1 s, gap 30 ms. */
class LineTimingTest {
  private static final Duration CHARACTER = Duration.ofNanos(11_000_000_000L / 2400);
  private static final byte[] ANSWER =
      new Frame("000000000161", 0x91, Bytes.ofHex("0000010026000000")).encode(0);
  private static final byte[] OTHER_ANSWER =
      new Frame("000000000162", 0x91, Bytes.ofHex("0000010027000000")).encode(0);
  private static final Sample GOOD = Sample.good(new Value.Int(26));

  private final HandClock clock = new HandClock();
  private final HandPoleClock pole = new HandPoleClock(clock);
  private final FakeLine line = new FakeLine(clock);
  private Driver driver = driver(settings("port", "/dev/null"));
  private Point energy = point("000000000161");

  @BeforeEach
  void open() throws Exception {
    driver.open();
  }

  @Test
  void aSilentMeterCostsOneTimeoutAndItsAnswerAnotherOneAtMost() throws Exception {
    Duration silent = took(() -> assertSilent("meter 000000000161 did not answer"));
    assertThat(silent)
        .isBetween(
            Duration.ofSeconds(1), Duration.ofMillis(1_030).plus(CHARACTER.multipliedBy(21)));
    line.answering(Map.of(Duration.ofMillis(1), ANSWER));
    Duration second = took(() -> assertThat(driver.read(List.of(energy))).containsExactly(GOOD));
    assertThat(second).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_010));
  }

  @Test
  void aLateAnswerEndsTheWaitForIt() throws Exception {
    assertSilent("meter 000000000161 did not answer");
    line.later(Duration.ofMillis(300), ANSWER);
    line.answering(Map.of(Duration.ofMillis(1), ANSWER));
    Duration took = took(() -> assertThat(driver.read(List.of(energy))).containsExactly(GOOD));
    assertThat(took).isBetween(Duration.ofMillis(331), Duration.ofMillis(340));
  }

  @Test
  void anotherMeterNeedNotWaitForTheLateAnswerOfItsNeighbour() throws Exception {
    assertSilent("meter 000000000161 did not answer");
    Point other = point("000000000162");
    line.answering(Map.of(Duration.ofMillis(1), ANSWER, Duration.ofMillis(50), OTHER_ANSWER));
    Duration took =
        took(
            () ->
                assertThat(driver.read(List.of(other)))
                    .containsExactly(Sample.good(new Value.Int(27))));
    assertThat(took).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void anAnswerThatHasBegunMayBeFinished() throws Exception {
    line.answering(
        Map.of(
            Duration.ofMillis(1_050), Arrays.copyOf(ANSWER, 7),
            Duration.ofMillis(1_400), Arrays.copyOfRange(ANSWER, 7, ANSWER.length)));
    assertThat(driver.read(List.of(energy))).containsExactly(GOOD);
  }

  @Test
  void nobodyIsAskedOnALineThatDoesNotFallSilent() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      line.later(Duration.ofMillis(5 + 10L * i), new byte[] {0x68});
    }
    Duration took =
        took(() -> assertSilent("meter 000000000161 was not asked: the line does not fall silent"));
    assertThat(took).isLessThan(Duration.ofMillis(2_100));
    assertThat(line.sent()).isEmpty();
  }

  @Test
  void aMeterThatTricklesAfterARequestIsGivenUp() throws Exception {
    Map<Duration, byte[]> trickle = new HashMap<>();
    for (int i = 1; i < 1_000; i++) {
      trickle.put(Duration.ofMillis(10L * i), new byte[] {0x68});
    }
    line.answering(trickle);
    Duration took = took(() -> assertSilent("meter 000000000161 gave no intact answer, only "));
    assertThat(took).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
  }

  @Test
  void theLineIsSilentBeforeEachRequest() throws Exception {
    line.answering(Map.of(Duration.ofMillis(1), ANSWER));
    driver.read(List.of(energy));
    line.later(Duration.ofMillis(10), new byte[] {1, 2, 3});
    Duration took = took(() -> driver.read(List.of(energy)));
    assertThat(took).isBetween(Duration.ofMillis(41), Duration.ofMillis(50));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T06:45:07Z, Asia/Shanghai, 261121144507",
    "2026-11-21T17:00:00Z, Asia/Shanghai, 261122010000",
    "2026-11-21T14:59:59Z, Asia/Shanghai, 261121225959",
    "2027-01-31T23:30:00Z, Europe/Berlin, REFUSED",
    "2027-01-31T22:59:00Z, Europe/Berlin, REFUSED",
    "2026-07-01T10:00:00Z, Europe/Berlin, 260701120000"
  })
  void theTimeIsToldAsTheMetersKeepIt(Instant now, String zone, String told) throws Exception {
    clock.setWall(now);
    Point point =
        driver.point(
            settings("address", "999999999999"),
            settings("action", "broadcast-time", "timezone", zone));
    if (told.equals("REFUSED")) {
      assertThatThrownBy(() -> driver.write(point, new Value.Bool(true)))
          .isInstanceOf(WriteRejectedException.class)
          .hasMessageContaining("around midnight");
      assertThat(line.sent()).isEmpty();
      return;
    }
    driver.write(point, new Value.Bool(true));
    Frame sent = Frame.decode(line.sent().get(0), 4).orElseThrow();
    assertThat(sent.address()).isEqualTo("999999999999");
    assertThat(sent.control()).isEqualTo(0x08);
    assertThat(Frame.asPrinted(sent.data().toArray())).isEqualTo(told);
  }

  @Test
  void aClockThatIsNotTrustedIsNotTold() throws Exception {
    pole.trust(false);
    Point point =
        driver.point(settings("address", "000000000161"), settings("action", "broadcast-time"));
    assertThatThrownBy(() -> driver.write(point, new Value.Bool(true)))
        .isInstanceOf(WriteRejectedException.class)
        .hasMessageContaining("does not know the time");
    assertThat(line.sent()).isEmpty();
  }

  @Test
  void theNextRequestWaitsUntilTheTimeIsToldToTheEnd() throws Exception {
    Point point =
        driver.point(settings("address", "000000000161"), settings("action", "broadcast-time"));
    driver.write(point, new Value.Bool(true));
    line.answering(Map.of(Duration.ofMillis(1), ANSWER));
    Duration took = took(() -> driver.read(List.of(energy)));
    assertThat(took).isGreaterThan(CHARACTER.multipliedBy(22).plusMillis(30));
  }

  @Test
  void aMeterCannotBeWrittenOtherwise() {
    assertThatThrownBy(() -> driver.write(energy, new Value.Int(0)))
        .isInstanceOf(WriteRejectedException.class)
        .hasMessage("the point is read only");
  }

  private Driver driver(Settings bus) {
    try {
      LinkTiming timing = LinkTiming.of(bus);
      return new MeterDriver(new MeterLink(line, timing, clock.monotonic()), timing, pole::now);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Point point(String address) {
    try {
      return driver.point(settings("address", address), MeterContract.ENERGY);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertSilent(String message) {
    assertThatThrownBy(() -> driver.read(List.of(energy)))
        .isInstanceOf(DeviceSilentException.class)
        .hasMessageStartingWith(message);
  }

  private Duration took(Work work) throws DriverException {
    long before = clock.monotonic().getAsLong();
    work.run();
    return Duration.ofNanos(clock.monotonic().getAsLong() - before);
  }

  /** What may fail. */
  @FunctionalInterface
  private interface Work {
    void run() throws DriverException;
  }
}
