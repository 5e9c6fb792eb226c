package io.polegate.driver.serial;

import static io.polegate.driver.serial.Texts.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.BusTime;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.RawRequest;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.serial.Adam4000.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests and answers, on pseudo-terminals. */
class AdamTest extends AdamContract {

  @Test
  void pointsWithTheSameRequestShareIt() throws Exception {
    try (Driver driver = driver()) {
      List<Point> points = readablePoints(driver);
      driver.open();
      driver.read(points);
      assertThat(modules.requests()).as("#01, $01M, $016").isEqualTo(3);
    }
  }

  @Test
  void aChecksumGoesBothWays() throws Exception {
    try (Driver driver = driver(SHORT)) {
      Settings device = settings("address", "02", "checksum", "sum", "refusal", "?{address}");
      Point input = point(driver, device, input(0));
      driver.open();
      assertThat(driver.read(List.of(input))).containsExactly(Sample.good(new Value.Real(4.321)));
      assertThat(modules.lastRequest()).as("sum of # 0 2").isEqualTo("#0285");
      modules.fail(Fault.WRONG_CHECKSUM);
      assertThatThrownBy(() -> driver.read(List.of(input)))
          .isInstanceOf(DeviceSilentException.class)
          .hasMessageContaining("device 02 gave no answer that fits, only \">+04.321");
      assertThat(driver.read(List.of(input))).containsExactly(Sample.good(new Value.Real(4.321)));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"SILENCE", "HALF_LINE", "NOISE_BEFORE", "WRONG_ADDRESS", "ENDLESS"})
  void whatIsNoIntactAnswerOfTheDeviceCountsAsSilence(Fault fault) throws Exception {
    try (Driver driver = driver(SHORT)) {
      Point name = point(driver, device(), NAME);
      driver.open();
      modules.fail(fault);
      assertThatThrownBy(() -> driver.read(List.of(name)))
          .isInstanceOf(DeviceSilentException.class);
      assertThat(modules.requests()).as("requests until it gave up").isEqualTo(1);
      assertThat(driver.read(List.of(name))).containsExactly(Sample.good(new Value.Text("4017")));
    }
  }

  @Test
  void anAdapterThatEchoesDoesNoHarm() throws Exception {
    try (Driver driver = driver(SHORT)) {
      Point name = point(driver, device(), NAME);
      driver.open();
      modules.fail(Fault.ECHO);
      assertThat(driver.read(List.of(name))).containsExactly(Sample.good(new Value.Text("4017")));
    }
  }

  @Test
  void aRefusalIsABadSampleAndARejectedWrite() throws Exception {
    try (Driver driver = driver()) {
      Point status = point(driver, device(), STATUS);
      driver.open();
      modules.fail(Fault.REFUSAL, Fault.REFUSAL);
      assertThat(driver.read(List.of(status)))
          .containsExactly(Sample.bad(BadReason.DEVICE_REFUSED, "answered \"?01\""));
      assertThatThrownBy(() -> driver.write(status, new Value.Int(1)))
          .isInstanceOf(WriteRejectedException.class)
          .hasMessage("device 01 answered \"?01\"");
    }
  }

  @Test
  void anAnswerThatBeginsRightAndDoesNotFitIsABadSampleAtOnce() throws Exception {
    try (Driver driver = driver(Duration.ofMinutes(1))) {
      Settings device = settings("address", "01", "answer", "[>!]");
      Point wrong =
          point(driver, device, settings("send", "${address}M", "expect", "!99(?<value>.*)"));
      driver.open();
      assertThat(driver.read(List.of(wrong)))
          .containsExactly(Sample.bad(BadReason.NOT_DECODABLE, "\"!014017\" does not fit expect"));
    }
  }

  @Test
  void aLateAnswerNeverBecomesTheValueOfTheNextRequest() throws Exception {
    try (Driver driver = driver(SHORT)) {
      Point silent = point(driver, silentDevice(), input(0));
      Point input = point(driver, device(), input(0));
      driver.open();
      assertThatThrownBy(() -> driver.read(List.of(silent)))
          .isInstanceOf(DeviceSilentException.class);
      modules.say(">+99.999\r");
      assertThat(driver.read(List.of(input))).containsExactly(Sample.good(new Value.Real(4.321)));
    }
  }

  @Test
  void aDeviceThatFallsSilentMidwayKeepsWhatItSaid() throws Exception {
    try (Driver driver = driver(SHORT)) {
      Point name = point(driver, device(), NAME);
      Point unknown = point(driver, device(), settings("send", "&01", "expect", ">(?<value>.*)"));
      Point status = point(driver, device(), STATUS);
      driver.open();
      List<Sample> samples = driver.read(List.of(name, unknown, status));
      assertThat(samples.get(0)).isEqualTo(Sample.good(new Value.Text("4017")));
      assertThat(samples.subList(1, 3))
          .allSatisfy(
              sample ->
                  assertThat(sample)
                      .isInstanceOfSatisfying(
                          Sample.Bad.class,
                          bad -> assertThat(bad.reason()).isEqualTo(BadReason.DEVICE_SILENT)));
      assertThat(modules.requests()).as("one answered, one not").isEqualTo(2);
    }
  }

  @Test
  void theTraceSaysWhatEachLineWas() throws Exception {
    try (Driver driver = driver(SHORT)) {
      List<String> frames = new ArrayList<>();
      ((FrameTrace) driver)
          .traceTo(
              (kind, frame) ->
                  frames.add(
                      kind + " " + new String(frame.toArray(), StandardCharsets.ISO_8859_1)));
      Settings device = settings("address", "02", "checksum", "sum", "refusal", "?{address}");
      Point name = point(driver, device, NAME);
      driver.open();
      modules.fail(Fault.ECHO, Fault.REFUSAL, Fault.WRONG_CHECKSUM, Fault.HALF_LINE);
      driver.read(List.of(name));
      driver.read(List.of(name));
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> driver.read(List.of(name)))
            .isInstanceOf(DeviceSilentException.class);
      }
      modules.say("!0240174F\r");
      driver.read(List.of(name));
      assertThat(frames)
          .containsExactly(
              "SENT $02MD3\r",
              "FOREIGN $02MD3",
              "ANSWER !0240174F",
              "SENT $02MD3\r",
              "EXCEPTION ?02A1",
              "SENT $02MD3\r",
              "CORRUPT !02401700",
              "SENT $02MD3\r",
              "CORRUPT !0240",
              "LATE !0240174F",
              "SENT $02MD3\r",
              "ANSWER !0240174F");
    }
  }

  @Test
  void aTechnicianMaySendWhatHeLikes() throws Exception {
    try (Driver driver = driver()) {
      driver.open();
      RawRequest raw = (RawRequest) driver;
      Settings device = settings("address", "02", "checksum", "sum", "refusal", "?{address}");
      assertThat(text(raw.exchange(device, bytes("$02M")))).isEqualTo("!024017");
      assertThat(text(raw.exchange(device, bytes("#029")))).isEqualTo("?02");
      assertThatThrownBy(() -> raw.exchange(device, bytes("")))
          .isInstanceOf(WriteRejectedException.class);
    }
  }

  @Test
  void aTextCannotSmuggleASecondCommand() throws Exception {
    try (Driver driver = driver()) {
      Point text = point(driver, device(), settings("type", "text", "write", "%{address}{value}"));
      driver.open();
      for (String hostile : List.of("a\r#0100FF", "a\n", "\u0000", "温")) {
        assertThatThrownBy(() -> driver.write(text, new Value.Text(hostile)))
            .isInstanceOf(WriteRejectedException.class);
      }
      assertThat(modules.requests()).isZero();
    }
  }

  @Test
  void theBusIsForetoldToBeBusyForEachRequest() throws Exception {
    try (Driver driver = driver()) {
      BusTime time = (BusTime) driver;
      Point first = point(driver, device(), input(0));
      Point shared = point(driver, device(), input(1));
      Point other = point(driver, device(), NAME);
      assertThat(time.busTime(List.of(first)))
          .isEqualTo(time.busTime(List.of(first, shared)))
          .isBetween(Duration.ofMillis(50), Duration.ofMillis(200));
      assertThat(time.busTime(List.of(first, other))).isGreaterThan(time.busTime(List.of(first)));
    }
  }

  @Test
  void thePortMayBeSharedWithOtherProtocols() throws Exception {
    assertThat(factory().endpoint(bus(SHORT)))
        .contains(new Endpoint("serial " + folder.resolve("line"), true));
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.US_ASCII);
  }
}
