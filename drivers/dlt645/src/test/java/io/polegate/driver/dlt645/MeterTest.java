package io.polegate.driver.dlt645;

import static io.polegate.driver.dlt645.Texts.datum;
import static io.polegate.driver.dlt645.Texts.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.testkit.dlt645.MeterFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading meters, good and bad, on pseudo-terminals. */
class MeterTest extends MeterContract {
  private static final Sample GOOD = Sample.good(new Value.Int(26));
  private static final String CURVE = "061000FF";

  @Test
  void pointsWithTheSameDataIdShareARequest() throws Exception {
    try (Driver driver = driver()) {
      List<Point> points = readablePoints(driver);
      driver.open();
      driver.read(points);
      assertThat(meter.requests()).as("seven data ids for ten points").isEqualTo(7);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = MeterFault.class,
      names = {
        "SILENCE",
        "WRONG_CHECKSUM",
        "WRONG_ADDRESS",
        "WRONG_ID",
        "TRUNCATED",
        "NO_END",
        "HELD_BACK",
        "BABBLE"
      })
  void whatIsNoIntactAnswerOfThisMeterToThisRequestCountsAsSilence(MeterFault fault)
      throws Exception {
    try (Driver driver = driver(SHORT)) {
      Point energy = point(driver, METER, ENERGY);
      Point voltage = point(driver, METER, VOLTAGE);
      driver.open();
      meter.fail(fault);
      assertThatThrownBy(() -> driver.read(List.of(energy, voltage)))
          .isInstanceOf(DeviceSilentException.class)
          .hasMessageStartingWith("meter 000000000161 ");
      assertThat(meter.requests()).as("requests until it gave up").isEqualTo(1);
      assertThat(driver.read(List.of(voltage))).containsExactly(Sample.good(new Value.Int(1001)));
      assertThat(driver.read(List.of(energy))).containsExactly(GOOD);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = MeterFault.class,
      names = {"ECHO", "NOISE", "FOREIGN", "DUPLICATE"})
  void whatComesBesideTheAnswerDoesNoHarm(MeterFault fault) throws Exception {
    try (Driver driver = driver(SHORT)) {
      Point energy = point(driver, METER, ENERGY);
      Point voltage = point(driver, METER, VOLTAGE);
      driver.open();
      meter.fail(fault, fault);
      assertThat(driver.read(List.of(energy, voltage)))
          .containsExactly(GOOD, Sample.good(new Value.Int(1001)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void answersMayBeginWithBytesThatWakeUpAndRequestsToo(int wake) throws Exception {
    try (Driver driver = driver()) {
      var device = settings("address", "000000000161", "preamble", Integer.toString(wake));
      Point energy = point(driver, device, ENERGY);
      driver.open();
      meter.wakeWith(wake);
      assertThat(driver.read(List.of(energy))).containsExactly(GOOD);
    }
  }

  @Test
  void aRefusalIsABadSampleWithItsReasonInWords() throws Exception {
    try (Driver driver = driver()) {
      Point energy = point(driver, METER, ENERGY);
      driver.open();
      meter.fail(MeterFault.REFUSAL);
      assertThat(driver.read(List.of(energy)))
          .containsExactly(Sample.bad(BadReason.DEVICE_REFUSED, "error 02: no such data"));
    }
  }

  @Test
  void whatTheMeterDoesNotHaveIsABadSample() throws Exception {
    try (Driver driver = driver()) {
      Point third = point(driver, METER, datum("0201FF00", "2", "start", "4"));
      Point fourth = point(driver, METER, datum("0201FF00", "2", "start", "6"));
      Point alone = point(driver, METER, datum("0201FF00", "2"));
      Point longer = point(driver, METER, datum("00010000", "5"));
      driver.open();
      assertThat(driver.read(List.of(third, fourth, alone, longer)))
          .containsExactly(
              Sample.bad(BadReason.SENSOR_FAULT, "the meter sent FFFF: it has no such value"),
              Sample.bad(BadReason.NOT_DECODABLE, "the meter sent 6 bytes, expected were 8"),
              Sample.bad(BadReason.NOT_DECODABLE, "the meter sent 6 bytes, expected were 2"),
              Sample.bad(BadReason.NOT_DECODABLE, "the meter sent 4 bytes, expected were 5"));
    }
  }

  @Test
  void aBlockThatDoesNotFitOneFrameIsReadToTheLastPointAndNoFurther() throws Exception {
    try (Driver driver = driver()) {
      hold(12);
      meter.splitAfter(5);
      driver.open();
      assertThat(driver.read(curve(driver, 0, 4, 8)))
          .containsExactly(number(0), number(4), number(8));
      assertThat(meter.requests()).as("9 bytes of 12 in frames of 5").isEqualTo(2);
      assertThat(driver.read(curve(driver, 11))).containsExactly(number(11));
      assertThat(meter.requests()).as("and all of them").isEqualTo(2 + 3);
      meter.splitAfter(1);
      assertThat(driver.read(curve(driver, 8, 9, 11)))
          .as("eight follow-up frames and no more")
          .containsExactly(
              number(8),
              Sample.bad(BadReason.NOT_DECODABLE, "the meter sent 9 bytes, expected were 10"),
              Sample.bad(BadReason.NOT_DECODABLE, "the meter sent 9 bytes, expected were 12"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = MeterFault.class,
      names = {"SILENCE", "WRONG_NUMBER", "WRONG_CHECKSUM"})
  void aMeterThatFallsSilentBetweenFramesKeepsWhatItSaid(MeterFault fault) throws Exception {
    try (Driver driver = driver(SHORT)) {
      hold(12);
      meter.splitAfter(5);
      List<Point> points = new ArrayList<>(curve(driver, 1, 6));
      points.add(point(driver, METER, ENERGY));
      driver.open();
      meter.fail(MeterFault.DUPLICATE, fault);
      List<Sample> samples = driver.read(points);
      assertThat(samples.get(0)).isEqualTo(number(1));
      assertThat(samples.subList(1, 3)).allSatisfy(MeterTest::silent);
      assertThat(meter.requests()).as("one answered, one not, the third not sent").isEqualTo(2);
    }
  }

  @Test
  void aFollowUpThatIsRefusedIsSaidForThePointsInIt() throws Exception {
    try (Driver driver = driver(SHORT)) {
      hold(12);
      meter.splitAfter(5);
      List<Point> points = new ArrayList<>(curve(driver, 1, 6));
      points.add(point(driver, METER, ENERGY));
      driver.open();
      meter.fail(MeterFault.DUPLICATE, MeterFault.REFUSAL);
      assertThat(driver.read(points))
          .containsExactly(
              number(1), Sample.bad(BadReason.DEVICE_REFUSED, "error 02: no such data"), GOOD);
    }
  }

  @Test
  void aMeterThatFallsSilentMidwayKeepsWhatItSaid() throws Exception {
    try (Driver driver = driver(SHORT)) {
      List<Point> points =
          List.of(
              point(driver, METER, ENERGY),
              point(driver, METER, VOLTAGE),
              point(driver, METER, datum("04000401", "6")));
      driver.open();
      meter.fail(MeterFault.DUPLICATE, MeterFault.SILENCE);
      List<Sample> samples = driver.read(points);
      assertThat(samples.get(0)).isEqualTo(GOOD);
      assertThat(samples.subList(1, 3)).allSatisfy(MeterTest::silent);
      assertThat(meter.requests()).isEqualTo(2);
    }
  }

  @Test
  void allMetersAndAnyMeterCannotBePolled() throws Exception {
    try (Driver driver = driver()) {
      assertThatThrownBy(() -> driver.point(settings("address", "999999999999"), ENERGY))
          .isInstanceOfSatisfying(
              InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo("data-id"));
      assertThatThrownBy(() -> driver.point(settings("address", "aaaaaaaaaaaa"), ENERGY))
          .isInstanceOfSatisfying(
              InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo("address"));
      for (String wrong : List.of("161", "0000000001611", "00000000016A", "AAAAAAAAAA61")) {
        assertThatThrownBy(() -> driver.point(settings("address", wrong), ENERGY))
            .isInstanceOf(InvalidSettingException.class);
      }
    }
  }

  @Test
  void thePortMayBeSharedWithOtherProtocols() throws Exception {
    assertThat(factory().endpoint(bus(SHORT)))
        .contains(new Endpoint("serial " + folder.resolve("line"), true));
  }

  @Test
  void aSilentMeterCostsOneTimeoutHoweverManyPointsItHas() throws Exception {
    try (Driver driver = driver(Duration.ofMillis(700))) {
      List<Point> points = new ArrayList<>();
      for (var settings : readable().keySet()) {
        points.add(point(driver, silentDevice(), settings));
      }
      driver.open();
      assertThatThrownBy(() -> driver.read(points)).isInstanceOf(DeviceSilentException.class);
      assertThat(dead.requests()).isEqualTo(1);
    }
  }

  private void hold(int bytes) {
    String[] values = new String[bytes];
    for (int i = 0; i < bytes; i++) {
      values[i] = "%02d".formatted(i);
    }
    meter.set(CURVE, values);
  }

  private List<Point> curve(Driver driver, int... starts) throws Exception {
    List<Point> points = new ArrayList<>();
    for (int start : starts) {
      points.add(point(driver, METER, datum(CURVE, "1", "start", Integer.toString(start))));
    }
    return points;
  }

  private static Sample number(int value) {
    return Sample.good(new Value.Int(value));
  }

  private static void silent(Sample sample) {
    assertThat(sample)
        .isInstanceOfSatisfying(
            Sample.Bad.class, bad -> assertThat(bad.reason()).isEqualTo(BadReason.DEVICE_SILENT));
  }
}
