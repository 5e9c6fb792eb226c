package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PoleSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Buses whose driver is a plugin: it may be missing, come, go, and come back as another version.
 */
final class PluginBusesTest {
  private static final String DOCUMENT =
      """
      pole: {id: A}
      buses:
        line: {driver: modbus-rtu, port: /dev/ttyS1}
        net: {driver: modbus-tcp, host: h}
      devices:
        own: {bus: line, points: {p: {address: "input:1"}}}
        other: {bus: net, points: {p: {address: "input:1"}}}
      """;

  private final Path folder;
  private final List<PoleSpec> applied = new ArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final FakeModbus plugin = FakeModbus.tcp();
  private final CommandService service;
  private boolean ending;

  PluginBusesTest(@TempDir Path folder) {
    this.folder = folder;
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    service =
        new CommandService(
            new Commands.Streams(InputStream.nullInputStream(), out, out),
            new Gateway.Folders(
                Optional.of(folder),
                Optional.of(folder.resolve("data")),
                folder.resolve("root"),
                Map.of()),
            () -> ending,
            (configuration, secrets) -> {});
    service.addTarget(applied::add, Map.of());
    service.addDriver(FakeModbus.rtu(), false);
  }

  private void document(String text) throws IOException {
    Files.writeString(folder.resolve("pole.yaml"), text);
  }

  private int run(String text) throws IOException {
    document(text);
    return service.applyAsInt(new String[] {"run"});
  }

  private PoleSpec last() {
    return applied.get(applied.size() - 1);
  }

  private Optional<String> problemOf(String bus) {
    return last().buses().stream()
        .filter(spec -> spec.id().equals(bus))
        .findFirst()
        .orElseThrow()
        .problem();
  }

  @Test
  void aBusWithoutItsDriverIsLeftOutAndSaysWhyWhileTheOthersRun() throws IOException {
    assertThat(run(DOCUMENT)).isZero();

    assertThat(last().buses()).extracting(BusSpec::id).containsExactly("line", "net");
    assertThat(problemOf("line")).isEmpty();
    assertThat(problemOf("net")).hasValueSatisfying(why -> assertThat(why).contains("no driver"));
    assertThat(last().devices()).extracting(DeviceSpec::id).containsExactly("own");
  }

  @Test
  void checkStillRefusesWhatRunLeavesOut() throws IOException {
    document(DOCUMENT);
    assertThat(service.applyAsInt(new String[] {"check", folder + "/pole.yaml"})).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("pole.yaml:4:9: driver of bus \"net\": there is no driver \"modbus-tcp\"");
  }

  @Test
  void theBusIsThereWhenTheDriverComesAndLeftOutWhenItGoes() throws IOException {
    assertThat(run(DOCUMENT)).isZero();
    List<DeviceSpec> alone = last().devices();

    service.addDriver(plugin, true);
    assertThat(problemOf("net")).isEmpty();
    assertThat(last().devices()).extracting(DeviceSpec::id).containsExactly("own", "other");
    assertThat(last().devices().get(0)).isEqualTo(alone.get(0));

    service.removeDriver(plugin);
    assertThat(problemOf("net")).isPresent();
    assertThat(last().devices()).isEqualTo(alone);
  }

  @Test
  void mistakesBelowAPluginsBusCostOnlyThatBus() throws IOException {
    service.addDriver(plugin, true);
    assertThat(
            run(
                DOCUMENT.replace(
                    "other: {bus: net, points: {p: {address: \"input:1\"}}}",
                    "other: {bus: net, points: {p: {address: \"typo:1\"}}}")))
        .isZero();
    assertThat(problemOf("net")).hasValueSatisfying(why -> assertThat(why).contains("\"typo\""));
    assertThat(last().devices()).extracting(DeviceSpec::id).containsExactly("own");
  }

  @Test
  void mistakesElsewhereRefuseTheDocumentAsEver() throws IOException {
    service.addDriver(plugin, true);
    assertThat(run(DOCUMENT.replace("input:1\"}}}\n  other", "typo:1\"}}}\n  other"))).isEqualTo(1);
    assertThat(applied).isEmpty();
  }

  @Test
  void aMistakeBehindAFloodOfAPluginsProblemsStillRefusesTheDocument() throws IOException {
    service.addDriver(plugin, true);
    StringBuilder flood = new StringBuilder();
    for (int i = 0; i < Findings.MAX_PROBLEMS; i++) {
      flood.append("x").append(i).append(": 1, ");
    }
    assertThat(
            run(
                """
                pole: {id: A}
                buses:
                  line: {driver: modbus-rtu, port: /dev/ttyS1}
                  net: {driver: modbus-tcp, host: h}
                devices:
                  other: {bus: net, %s points: {p: {address: "input:1"}}}
                  own: {bus: line, points: {p: {address: "typo:1"}}}
                """
                    .formatted(flood)))
        .isEqualTo(1);
    assertThat(applied).isEmpty();
  }

  @Test
  void aPluginYieldsAnEndpointThatTheGatewayNeedsItself() throws IOException {
    service.addDriver(plugin, true);
    service.addDriver(FakeModbus.named("other"), false);
    assertThat(
            run(
                """
                pole: {id: A}
                buses:
                  first: {driver: modbus-tcp, host: h}
                  second: {driver: other, host: h}
                """))
        .isZero();
    assertThat(problemOf("second")).isEmpty();
    assertThat(problemOf("first")).hasValueSatisfying(why -> assertThat(why).contains("same end"));
  }

  @Test
  void aFileThatIsJustBeingEditedDoesNotStopAnything() throws IOException {
    assertThat(run(DOCUMENT)).isZero();
    document("pole: {id: ");

    service.addDriver(plugin, true);

    assertThat(problemOf("net")).isEmpty();
    assertThat(last().devices()).extracting(DeviceSpec::id).containsExactly("own", "other");
  }

  @Test
  void driversThatGoWhileTheGatewayEndsChangeNothing() throws IOException {
    service.addDriver(plugin, true);
    assertThat(run(DOCUMENT)).isZero();
    ending = true;
    service.removeDriver(plugin);
    assertThat(applied).hasSize(1);
  }

  @Test
  void aDriverThatCannotEvenSayItsNameIsLeftOut() throws IOException {
    service.addDriver(
        FakeModbus.named(
            () -> {
              throw new NoClassDefFoundError("com/example/Gone");
            }),
        true);
    assertThat(run(DOCUMENT)).isZero();
  }
}
