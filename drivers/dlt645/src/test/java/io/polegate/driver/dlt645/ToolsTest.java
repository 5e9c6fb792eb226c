package io.polegate.driver.dlt645;

import static io.polegate.driver.dlt645.Texts.datum;
import static io.polegate.driver.dlt645.Texts.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.Bytes;
import io.polegate.api.driver.BusScan;
import io.polegate.api.driver.BusScan.Candidate;
import io.polegate.api.driver.BusTime;
import io.polegate.api.driver.DeviceProbe;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.FrameTrace.Kind;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.RawRequest;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.Await;
import io.polegate.testkit.dlt645.MeterFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a technician asks of a bus. */
class ToolsTest extends MeterContract {
  private static final Settings ANY = settings("address", "AAAAAAAAAAAA");
  private static final Settings ALL = settings("address", "999999999999");

  @Test
  void theTraceSaysWhatEachFrameWas() throws Exception {
    try (Driver driver = driver(SHORT)) {
      List<Kind> seen = new ArrayList<>();
      ((FrameTrace) driver).traceTo((kind, frame) -> seen.add(kind));
      Point energy = point(driver, METER, ENERGY);
      driver.open();
      meter.fail(MeterFault.ECHO, MeterFault.REFUSAL, MeterFault.NOISE, MeterFault.FOREIGN);
      meter.fail(MeterFault.DUPLICATE, MeterFault.HELD_BACK);
      for (int i = 0; i < 5; i++) {
        driver.read(List.of(energy));
      }
      assertThatThrownBy(() -> driver.read(List.of(energy)))
          .isInstanceOf(DeviceSilentException.class);
      driver.read(List.of(point(driver, METER, VOLTAGE)));
      assertThat(seen)
          .containsExactly(
              Kind.SENT,
              Kind.FOREIGN,
              Kind.ANSWER, // echo
              Kind.SENT,
              Kind.EXCEPTION,
              Kind.SENT,
              Kind.CORRUPT,
              Kind.ANSWER, // noise
              Kind.SENT,
              Kind.FOREIGN,
              Kind.ANSWER, // another meter
              Kind.SENT,
              Kind.ANSWER,
              Kind.LATE, // twice
              Kind.SENT, // held back
              Kind.SENT,
              Kind.LATE,
              Kind.ANSWER);
    }
  }

  @Test
  void aFrameIsShownWithWhatWokeTheMeterUp() throws Exception {
    try (Driver driver = driver(SHORT)) {
      List<String> seen = new ArrayList<>();
      ((FrameTrace) driver).traceTo((kind, frame) -> seen.add(kind + " " + frame.toHex()));
      Point energy = point(driver, settings("address", "000000000161", "preamble", "1"), ENERGY);
      driver.open();
      meter.wakeWith(2);
      driver.read(List.of(energy));
      assertThat(seen)
          .containsExactly(
              "SENT fe68610100000000681104333334331416",
              "ANSWER fefe6861010000000068910833333433593333338a16");
    }
  }

  @Test
  void aTechnicianMaySendWhatHeLikes() throws Exception {
    try (Driver driver = driver(SHORT)) {
      RawRequest raw = (RawRequest) driver;
      driver.open();
      assertThat(raw.exchange(METER, Bytes.ofHex("1100000100")).toHex())
          .isEqualTo("910000010026000000");
      assertThat(raw.exchange(ANY, Bytes.ofHex("1500")).toHex())
          .as("a refusal is an answer")
          .isEqualTo("d502");
      assertThat(raw.exchange(ALL, Bytes.ofHex("08000000010127")).size()).isZero();
      Await.until("the meter heard it", () -> meter.clock().equals("270101000000"));
      assertThatThrownBy(() -> raw.exchange(silentDevice(), Bytes.ofHex("1100000100")))
          .isInstanceOf(DeviceSilentException.class)
          .hasMessage("meter 000000000009 did not answer");
      for (String wrong : List.of("", "91", "11" + "00".repeat(201))) {
        assertThatThrownBy(() -> raw.exchange(METER, Bytes.ofHex(wrong)))
            .isInstanceOf(WriteRejectedException.class)
            .hasMessageContaining("a control code from 00 to 7F");
      }
      assertThatThrownBy(() -> raw.exchange(settings("address", "1"), Bytes.ofHex("11")))
          .isInstanceOf(WriteRejectedException.class)
          .hasMessageStartingWith("address ");
    }
  }

  @Test
  void aProbeSaysWhichMeterIsThere() throws Exception {
    dead.die(true);
    try (Driver driver = driver(SHORT)) {
      DeviceProbe probe = (DeviceProbe) driver;
      driver.open();
      assertThat(probe.probe(ANY)).hasValue("meter 000000000161 answers");
      assertThat(probe.probe(METER)).hasValue("meter 000000000161 answers");
      assertThat(probe.probe(silentDevice())).isEmpty();
      assertThat(probe.probe(ALL)).isEmpty();
      meter.fail(MeterFault.REFUSAL);
      assertThat(probe.probe(METER))
          .hasValue("meter 000000000161 answers with error 02: no such data");
    }
  }

  @Test
  void metersThatAnswerAtOnceAreNotUnderstoodAndTheNextRequestIs() throws Exception {
    dead.die(false);
    try (Driver driver = driver(SHORT)) {
      DeviceProbe probe = (DeviceProbe) driver;
      driver.open();
      assertThat(probe.probe(ANY)).isEmpty();
      assertThat(probe.probe(METER)).hasValue("meter 000000000161 answers");
    }
  }

  @Test
  void aScanAsksOncePerSpeedTheUsualFirst() throws Exception {
    List<Candidate> candidates =
        ((BusScan) factory())
            .candidates(settings("port", folder.resolve("line").toString(), "parity", "none"));
    assertThat(candidates)
        .extracting(candidate -> candidate.bus().texts().get("baud"))
        .containsExactly("2400", "9600", "1200", "4800");
    for (Candidate candidate : candidates) {
      assertThat(factory().busSettings().check(candidate.bus())).isEmpty();
      assertThat(candidate.device()).isEqualTo(ANY);
      assertThat(candidate.atMost()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
      try (Driver driver = factory().create(candidate.bus())) {
        driver.open();
        assertThat(((DeviceProbe) driver).probe(candidate.device()))
            .hasValue("meter 000000000161 answers");
      }
    }
    assertThat(((BusScan) factory()).candidates(settings("port", "/dev/x", "baud", "9600")))
        .singleElement()
        .satisfies(
            candidate -> assertThat(candidate.bus().texts()).containsEntry("parity", "even"));
  }

  @Test
  void theBusIsForetoldToBeBusyForEachDataId() throws Exception {
    try (Driver driver = factory().create(settings("port", "/dev/null"))) {
      BusTime time = (BusTime) driver;
      Point voltage = point(driver, METER, VOLTAGE);
      Point first = point(driver, METER, datum("0201FF00", "2", "start", "0"));
      Point third = point(driver, METER, datum("0201FF00", "2", "start", "4"));
      // 20 characters out and 18 back, of eleven bits; gap and thinking
      Duration expected = Duration.ofNanos(38 * 11_000_000_000L / 2400).plusMillis(30 + 100);
      assertThat(time.busTime(List.of(voltage))).isCloseTo(expected, Duration.ofMillis(1));
      assertThat(time.busTime(List.of(first, third)))
          .isCloseTo(expected.plusNanos(4 * 11_000_000_000L / 2400), Duration.ofMillis(1));
      assertThat(time.busTime(List.of())).isZero();
    }
  }
}
