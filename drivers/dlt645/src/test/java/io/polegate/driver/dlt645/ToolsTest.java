package io.polegate.driver.dlt645;

import static io.polegate.driver.dlt645.Texts.datum;
import static io.polegate.driver.dlt645.Texts.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.Bytes;
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
import io.polegate.serialport.SystemSerialPorts;
import io.polegate.testkit.Await;
import io.polegate.testkit.PseudoTerminal;
import io.polegate.testkit.dlt645.MeterFault;
import io.polegate.testkit.dlt645.MeterLine;
import io.polegate.testkit.dlt645.SimulatedMeter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a technician asks of a bus. */
class ToolsTest {
  private static final Settings METER = MeterContract.METER;
  private static final Settings DEAD = settings("address", "000000000009");
  private static final Settings ANY = settings("address", "AAAAAAAAAAAA");
  private static final Settings ALL = settings("address", "999999999999");

  private final Dlt645Factory factory = new Dlt645Factory(new SystemSerialPorts());
  private final SimulatedMeter dead = new SimulatedMeter("000000000009");
  private final SimulatedMeter meter =
      new SimulatedMeter("000000000161").set("00010000", "00000026").set("02010100", "1001");

  @TempDir Path folder = Path.of("");
  private MeterLine line;

  @BeforeEach
  void connect() throws Exception {
    dead.die(true);
    line = new MeterLine(PseudoTerminal.open(folder.resolve("line")), meter, dead);
  }

  @AfterEach
  void disconnect() {
    line.close();
  }

  @Test
  void theTraceSaysWhatEachFrameWas() throws Exception {
    try (Driver driver = driver()) {
      List<Kind> seen = new ArrayList<>();
      ((FrameTrace) driver).traceTo((kind, frame) -> seen.add(kind));
      Point energy = driver.point(METER, MeterContract.ENERGY);
      driver.open();
      meter.fail(MeterFault.ECHO, MeterFault.REFUSAL, MeterFault.NOISE, MeterFault.FOREIGN);
      meter.fail(MeterFault.DUPLICATE, MeterFault.HELD_BACK);
      for (int i = 0; i < 5; i++) {
        driver.read(List.of(energy));
      }
      assertThatThrownBy(() -> driver.read(List.of(energy)))
          .isInstanceOf(DeviceSilentException.class);
      driver.read(List.of(driver.point(METER, MeterContract.VOLTAGE)));
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
    try (Driver driver = driver()) {
      List<String> seen = new ArrayList<>();
      ((FrameTrace) driver).traceTo((kind, frame) -> seen.add(kind + " " + frame.toHex()));
      Point energy =
          driver.point(settings("address", "000000000161", "preamble", "1"), MeterContract.ENERGY);
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
    try (Driver driver = driver()) {
      RawRequest raw = (RawRequest) driver;
      driver.open();
      assertThat(raw.exchange(METER, Bytes.ofHex("1100000100")).toHex())
          .isEqualTo("910000010026000000");
      assertThat(raw.exchange(ANY, Bytes.ofHex("1500")).toHex())
          .as("a refusal is an answer")
          .isEqualTo("d502");
      assertThat(raw.exchange(ALL, Bytes.ofHex("08000000010127")).size()).isZero();
      Await.until("the meter heard it", () -> meter.clock().equals("270101000000"));
      assertThatThrownBy(() -> raw.exchange(DEAD, Bytes.ofHex("1100000100")))
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
    try (Driver driver = driver()) {
      DeviceProbe probe = (DeviceProbe) driver;
      driver.open();
      assertThat(probe.probe(ANY)).hasValue("meter 000000000161 answers");
      assertThat(probe.probe(METER)).hasValue("meter 000000000161 answers");
      assertThat(probe.probe(DEAD)).isEmpty();
      assertThat(probe.probe(ALL)).isEmpty();
      meter.fail(MeterFault.REFUSAL);
      assertThat(probe.probe(METER))
          .hasValue("meter 000000000161 answers with error 02: no such data");
    }
  }

  @Test
  void metersThatAnswerAtOnceAreNotUnderstoodAndTheNextRequestIs() throws Exception {
    dead.die(false);
    try (Driver driver = driver()) {
      DeviceProbe probe = (DeviceProbe) driver;
      driver.open();
      assertThat(probe.probe(ANY)).isEmpty();
      assertThat(probe.probe(METER)).hasValue("meter 000000000161 answers");
    }
  }

  @Test
  void aScanAsksOncePerSpeedTheUsualFirst() throws Exception {
    List<Candidate> candidates =
        factory.candidates(settings("port", folder.resolve("line").toString(), "parity", "none"));
    assertThat(candidates)
        .extracting(candidate -> candidate.bus().texts().get("baud"))
        .containsExactly("2400", "9600", "1200", "4800");
    for (Candidate candidate : candidates) {
      assertThat(factory.busSettings().check(candidate.bus())).isEmpty();
      assertThat(candidate.device()).isEqualTo(ANY);
      assertThat(candidate.atMost()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
      try (Driver driver = factory.create(candidate.bus())) {
        driver.open();
        assertThat(((DeviceProbe) driver).probe(candidate.device()))
            .hasValue("meter 000000000161 answers");
      }
    }
    assertThat(factory.candidates(settings("port", "/dev/x", "baud", "9600")))
        .singleElement()
        .satisfies(
            candidate -> assertThat(candidate.bus().texts()).containsEntry("parity", "even"));
  }

  @Test
  void theBusIsForetoldToBeBusyForEachDataId() throws Exception {
    try (Driver driver = factory.create(settings("port", "/dev/null"))) {
      BusTime time = (BusTime) driver;
      Point voltage = driver.point(METER, MeterContract.VOLTAGE);
      Point first = driver.point(METER, datum("0201FF00", "2", "start", "0"));
      Point third = driver.point(METER, datum("0201FF00", "2", "start", "4"));
      // 20 characters out and 18 back, of eleven bits; gap and thinking
      Duration expected = Duration.ofNanos(38 * 11_000_000_000L / 2400).plusMillis(30 + 100);
      assertThat(time.busTime(List.of(voltage))).isCloseTo(expected, Duration.ofMillis(1));
      assertThat(time.busTime(List.of(first, third)))
          .isCloseTo(expected.plusNanos(4 * 11_000_000_000L / 2400), Duration.ofMillis(1));
      assertThat(time.busTime(List.of())).isZero();
      Point far = driver.point(METER, datum("061000FF", "1", "start", "400"));
      assertThat(time.busTime(List.of(far)))
          .as("401 bytes are three frames")
          .isGreaterThan(Duration.ofNanos(401 * 11_000_000_000L / 2400).plusMillis(3 * 130));
    }
  }

  private Driver driver() throws Exception {
    String port = folder.resolve("line").toString();
    return factory.create(
        settings("port", port, "baud", "9600", "parity", "none", "timeout", "500ms"));
  }
}
