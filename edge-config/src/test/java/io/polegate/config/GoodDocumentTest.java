package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.Coding;
import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PointSpec.Limits;
import io.polegate.api.config.PointSpec.ReportSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.config.PoleSpec.Location;
import io.polegate.api.driver.Access;
import io.polegate.api.journal.Lane;
import io.polegate.api.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class GoodDocumentTest {
  private static PoleSpec spec(Outcome outcome) {
    assertThat(Checks.messages(outcome)).isEmpty();
    return outcome.spec().orElseThrow();
  }

  private static PoleSpec spec(String document) {
    return spec(Checks.of(document));
  }

  private static Settings settings(String... pairs) {
    Map<String, String> texts = new java.util.HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      texts.put(pairs[i], pairs[i + 1]);
    }
    return new Settings(texts);
  }

  @Test
  void readsEveryKeyOfTheExample() {
    PoleSpec pole = spec(Checks.withFakes().check(Path.of("examples/pole.yaml")));

    assertThat(pole.id()).isEqualTo("CQ-YB-000417");
    assertThat(pole.names()).containsEntry("zh", "渝北区新溉大道417号杆").hasSize(2);
    assertThat(pole.location()).contains(new Location(29.563, 106.551));
    assertThat(pole.timezone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
    assertThat(pole.journal()).isEqualTo(JournalSpec.DEFAULT);
    assertThat(pole.devices())
        .extracting(DeviceSpec::id)
        .containsExactly("lamp-1", "env-1", "meter-1");
    assertThat(pole.connections())
        .containsExactly(
            new ConnectionSpec(
                "city",
                "json",
                settings(
                    "url",
                    "tcp://mqtt.example.org:1883",
                    "username",
                    "pole",
                    "password",
                    "secret")));
  }

  @Test
  void readsTheBusesOfTheExample() {
    PoleSpec pole = spec(Checks.withFakes().check(Path.of("examples/pole.yaml")));
    assertThat(pole.buses())
        .containsExactly(
            new BusSpec(
                "rs485-1",
                "modbus-rtu",
                Duration.ofSeconds(60),
                settings(
                    "port",
                    "/dev/ttyS1",
                    "baud",
                    "9600",
                    "parity",
                    "none",
                    "stop-bits",
                    "1",
                    "timeout",
                    "500ms",
                    "gap",
                    "10ms")),
            new BusSpec(
                "meter",
                "modbus-tcp",
                Duration.ofMinutes(5),
                settings("host", "192.0.2.10", "port", "502")));
  }

  @Test
  void readsEveryKeyOfAPoint() {
    DeviceSpec lamp =
        spec(Checks.withFakes().check(Path.of("examples/pole.yaml"))).devices().get(0);

    assertThat(lamp.settings()).isEqualTo(settings("unit", "3"));
    assertThat(lamp.poll()).isEqualTo(Duration.ofSeconds(5));
    assertThat(lamp.points().get(0))
        .isEqualTo(
            new PointSpec(
                "level",
                Map.of(),
                settings("address", "holding:0", "type", "uint16"),
                Coding.linear(0.1, 0),
                "%",
                Access.READ_WRITE,
                new Limits(OptionalDouble.of(0), OptionalDouble.of(100)),
                new ReportSpec(0.5, Duration.ofMinutes(10), Optional.empty()),
                Optional.empty()));
    assertThat(lamp.points().get(1).report()).isEqualTo(ReportSpec.ALWAYS);
    assertThat(lamp.points().get(1).limits()).isEqualTo(Limits.NONE);
  }

  @Test
  void fillsInDefaults() {
    PoleSpec pole = spec("pole: {id: A}");

    assertThat(pole)
        .isEqualTo(
            new PoleSpec(
                "A",
                Map.of(),
                Optional.empty(),
                ZoneId.of("Asia/Shanghai"),
                new JournalSpec(256_000_000, Duration.ofSeconds(1)),
                List.of(),
                List.of(),
                List.of()));
  }

  @Test
  void defaultsOfADevice() {
    PoleSpec pole =
        spec(
            """
            pole: {id: A}
            buses: {b: {driver: modbus-tcp, host: h}}
            devices: {d: {bus: b, points: {p: {address: "input:0", report: {}}}}}
            cloud:
            """);

    assertThat(pole.buses().get(0).retryLimit()).isEqualTo(Duration.ofSeconds(60));
    assertThat(pole.devices().get(0).poll()).isEqualTo(Duration.ofSeconds(30));
    PointSpec point = pole.devices().get(0).points().get(0);
    assertThat(point.access()).isEqualTo(Access.READ);
    assertThat(point.coding()).isEqualTo(Coding.NONE);
    assertThat(point.report())
        .isEqualTo(new ReportSpec(0, Duration.ofMinutes(10), Optional.empty()));
  }

  @Test
  void aPlainNameCountsInEveryLanguage() {
    assertThat(spec("pole: {id: A, name: 灯杆}").names()).isEqualTo(Map.of("zh", "灯杆", "en", "灯杆"));
  }

  @Test
  void nestedKeysOfAPluginAreJoinedByDots() {
    PoleSpec pole =
        spec(
            """
            pole: {id: A}
            cloud: {city: {url: "ssl://b:8883", tls: {ca: ca.pem, verify: true}}}
            """);

    assertThat(pole.connections().get(0).settings())
        .isEqualTo(settings("url", "ssl://b:8883", "tls.ca", "ca.pem", "tls.verify", "true"));
  }

  @Test
  void aliasesAndMergesRepeatWhatIsWrittenOnce() {
    PoleSpec pole =
        spec(
            """
            pole: {id: A}
            buses: {b: {driver: modbus-tcp, host: h}}
            devices:
              one: &lamp {bus: b, unit: 1, poll: 5s, points: &points {p: {address: "input:0"}}}
              two: {<<: *lamp, unit: 2}
              three: {<<: [*lamp], unit: 3, poll: 7s}
              four: {bus: b, unit: 4, points: *points}
            """);

    assertThat(pole.devices())
        .extracting(DeviceSpec::poll)
        .containsExactly(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(7),
            Duration.ofSeconds(30));
    assertThat(pole.devices().get(1).settings()).isEqualTo(settings("unit", "2"));
    assertThat(pole.devices().get(3).points()).isEqualTo(pole.devices().get(0).points());
  }

  @Test
  void equalDocumentsMakeEqualSpecs() {
    Path example = Path.of("examples/pole.yaml");
    assertThat(Checks.withFakes().check(example)).isEqualTo(Checks.withFakes().check(example));
  }

  @Test
  void driversThatWereAskedAreClosed() {
    FakeModbus rtu = FakeModbus.rtu();
    FakeModbus tcp = FakeModbus.tcp();
    DocumentCheck check = Checks.with(rtu, tcp);

    spec(check.check(Path.of("examples/pole.yaml")));

    assertThat(rtu.open).hasValue(0);
    assertThat(tcp.open).hasValue(0);
  }

  @Test
  void readsHeartbeatsAndEvents() {
    PoleSpec pole =
        spec(
            """
            pole: {id: A}
            buses: {line: {driver: modbus-rtu, port: /dev/ttyS1}}
            devices:
              d:
                bus: line
                points:
                  alive: {address: "coil:0", access: write, heartbeat: {value: 1, every: 5s, release: 0}}
                  door: {address: "coil:1", report: {event: alarm}}
                  plain: {address: "coil:2"}
            """);
    List<PointSpec> points = pole.devices().get(0).points();
    assertThat(points.get(0).heartbeat())
        .contains(new PointSpec.Heartbeat(1, Duration.ofSeconds(5), OptionalDouble.of(0)));
    assertThat(points.get(1).report())
        .isEqualTo(new ReportSpec(0, Duration.ofMinutes(10), Optional.of(Lane.ALARM)));
    assertThat(points.get(2).heartbeat()).isEmpty();
    assertThat(points.get(2).report().event()).isEmpty();
  }
}
