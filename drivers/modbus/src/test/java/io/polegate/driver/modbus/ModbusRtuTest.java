package io.polegate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.SimulatedBus.Transport;
import io.polegate.testkit.Await;
import io.polegate.testkit.modbus.Fault;
import io.polegate.testkit.modbus.Fault.Kind;
import io.polegate.testkit.modbus.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModbusRtuTest extends ModbusContract {
  private static final Duration SHORT = Duration.ofMillis(400);

  ModbusRtuTest() {
    super(Transport.RTU);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"NOISE", "DUPLICATE"})
  void anAnswerIsFoundBetweenOtherBytes(Kind fault) throws Exception {
    try (Driver driver = driver()) {
      List<Point> points = readablePoints(driver);
      driver.open();
      device.fail(Fault.of(fault));
      assertThat(driver.read(points)).isEqualTo(readableSamples());
      assertThat(driver.read(points)).isEqualTo(readableSamples());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SILENCE", "CORRUPT", "WRONG_UNIT", "HALF_FRAME"})
  void whatIsNoIntactAnswerOfTheUnitCountsAsSilence(Kind fault) throws Exception {
    try (Driver driver = driver(SHORT)) {
      List<Point> points = readablePoints(driver);
      driver.open();
      device.fail(Fault.of(fault));
      assertThatThrownBy(() -> driver.read(points)).isInstanceOf(DeviceSilentException.class);
      Await.until("the request to arrive", () -> device.requests() > 0);
      assertThat(device.requests()).as("requests until it gave up").isEqualTo(1);
      device.heal();
      assertThat(driver.read(points)).isEqualTo(readableSamples());
    }
  }

  @Test
  void aLateAnswerNeverBecomesTheValueOfTheNextRequest() throws Exception {
    try (Driver driver = driver(SHORT)) {
      Point first = point(driver, device(), settings("address", "holding:0"));
      Point second = point(driver, device(), settings("address", "holding:5"));
      driver.open();
      device.fail(Fault.late(SHORT.plusMillis(200)), 1);
      assertThatThrownBy(() -> driver.read(List.of(first)))
          .isInstanceOf(DeviceSilentException.class);
      assertThat(driver.read(List.of(second))).containsExactly(Sample.good(new Value.Int(7)));
    }
  }

  @Test
  void aDeviceThatFallsSilentMidwayKeepsWhatItSaid() throws Exception {
    try (Driver driver = driver(SHORT)) {
      Point coil = point(driver, device(), settings("address", "coil:3"));
      Point holding = point(driver, device(), settings("address", "holding:0"));
      Point input = point(driver, device(), settings("address", "input:2"));
      driver.open();
      device.failAfter(1, Fault.of(Kind.SILENCE));
      List<Sample> samples = driver.read(List.of(input, holding, coil));
      assertThat(samples.get(2)).isEqualTo(Sample.good(new Value.Bool(true)));
      assertThat(samples.subList(0, 2))
          .allSatisfy(
              sample ->
                  assertThat(sample)
                      .isInstanceOfSatisfying(
                          Sample.Bad.class,
                          bad -> assertThat(bad.reason()).isEqualTo(BadReason.DEVICE_SILENT)));
      Await.until("the second request to arrive", () -> device.requests() > 1);
      assertThat(device.requests()).as("one answered, one not").isEqualTo(2);
    }
  }

  @Test
  void anExceptionIsABadSampleInWordsAndARejectedWrite() throws Exception {
    try (Driver driver = driver()) {
      Point point = point(driver, device(), settings("address", "holding:0"));
      driver.open();
      device.fail(Fault.exception(6));
      assertThat(driver.read(List.of(point)))
          .containsExactly(Sample.bad(BadReason.DEVICE_REFUSED, "exception 6: device busy"));
      assertThatThrownBy(() -> driver.write(point, new Value.Int(1)))
          .isInstanceOf(WriteRejectedException.class)
          .hasMessage("exception 6: device busy");
    }
  }

  @Test
  void aBitIsWrittenWithoutTouchingItsNeighbours() throws Exception {
    try (Driver driver = driver()) {
      Point bit = point(driver, device(), settings("address", "holding:4.15"));
      driver.open();
      driver.write(bit, new Value.Bool(true));
      assertThat(device.get(Table.HOLDING, 4)).isEqualTo(0x8080);
      driver.write(bit, new Value.Bool(false));
      assertThat(device.get(Table.HOLDING, 4)).isEqualTo(0x0080);
    }
  }

  @Test
  void neighboursShareARequestAndWeakDevicesAreAskedForLess() throws Exception {
    device.set(Table.HOLDING, 100, 1, 2, 3, 4, 5, 6).limitRegisters(2);
    try (Driver driver = driver()) {
      List<Point> points = new ArrayList<>();
      for (int i = 100; i < 106; i++) {
        points.add(
            point(
                driver,
                settings("unit", "1", "max-registers", "2"),
                settings("address", "holding:" + i)));
      }
      driver.open();
      assertThat(driver.read(points)).hasSize(6).allMatch(Sample.Good.class::isInstance);
      assertThat(device.requests()).isEqualTo(3);
    }
  }

  @Test
  void oneMissingRegisterAmongAHundredIsFoundWithFewRequests() throws Exception {
    for (int address = 1000; address < 1100; address++) {
      if (address != 1037) {
        device.set(Table.HOLDING, address, address);
      }
    }
    try (Driver driver = driver()) {
      List<Point> points = new ArrayList<>();
      for (int address = 1000; address < 1100; address++) {
        points.add(point(driver, device(), settings("address", "holding:" + address)));
      }
      driver.open();
      List<Sample> samples = driver.read(points);
      assertThat(samples).filteredOn(Sample.Bad.class::isInstance).hasSize(1);
      assertThat(samples.get(37)).isInstanceOf(Sample.Bad.class);
      assertThat(samples.get(99)).isEqualTo(Sample.good(new Value.Int(1099)));
      assertThat(device.requests()).isLessThan(20);
    }
  }

  @Test
  void writesUseTheFunctionThatIsAskedFor() throws Exception {
    try (Driver driver = driver()) {
      driver.open();
      write(driver, settings("address", "holding:5"), new Value.Int(1));
      write(driver, settings("address", "holding:5", "write", "multiple"), new Value.Int(2));
      write(driver, settings("address", "coil:4"), new Value.Bool(true));
      write(driver, settings("address", "coil:4", "write", "multiple"), new Value.Bool(false));
      write(driver, settings("address", "holding:0", "type", "int32"), new Value.Int(3));
      assertThat(device.writes()).extracting("function").containsExactly(6, 16, 5, 15, 16);
    }
  }

  @Test
  void aTraceShowsTheFramesOfBothDirections() throws Exception {
    try (Driver driver = driver()) {
      List<String> frames = new ArrayList<>();
      ((FrameTrace) driver).traceTo((kind, frame) -> frames.add(kind + " " + frame.toHex()));
      Point point = point(driver, device(), settings("address", "holding:0"));
      driver.open();
      driver.read(List.of(point));
      assertThat(frames)
          .containsExactly(
              "SENT " + Bytes.ofHex("010300000001840a").toHex(),
              "ANSWER " + Bytes.ofHex("01030201f4b853").toHex());
    }
  }

  private void write(Driver driver, Settings settings, Value value) throws Exception {
    Point point = point(driver, device(), settings);
    driver.write(point, value);
    assertThat(driver.read(List.of(point))).containsExactly(Sample.good(value));
  }
}
