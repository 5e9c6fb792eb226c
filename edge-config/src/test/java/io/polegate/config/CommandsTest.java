package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Configuration.Version;
import io.polegate.api.config.PoleSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

final class CommandsTest {
  private final Path folder;

  CommandsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<PoleSpec> applied = new ArrayList<>();
  private final List<Version> offered = new ArrayList<>();
  private String in = "";

  private CommandService service(Optional<Path> config) {
    CommandService service =
        new CommandService(
            new Commands.Streams(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)),
            new Gateway.Folders(
                config, Optional.of(folder.resolve("data")), folder.resolve("root"), Map.of()),
            () -> false,
            (configuration, secrets) -> offered.add(configuration.current()));
    service.addDriver(FakeModbus.rtu(), false);
    service.addDriver(FakeModbus.tcp(), false);
    service.addFormat(new FakeJson());
    service.addTarget(applied::add, Map.of());
    return service;
  }

  private int call(String... arguments) {
    return service(Optional.of(folder)).applyAsInt(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private void document(String text) throws IOException {
    Files.writeString(folder.resolve("pole.yaml"), text);
  }

  @Test
  void checkOfAGoodDocumentCountsWhatIsInIt() {
    assertThat(call("check", "examples/pole.yaml")).isEqualTo(0);
    assertThat(out())
        .isEqualTo(
            """
            examples/pole.yaml: ok (buses 2, devices 3, points 6, connections 1)
            bus rs485-1: 7 % of its time
            bus meter: 1 % of its time
            """);
    assertThat(err()).isEmpty();
    assertThat(applied).isEmpty();
  }

  @Test
  void aPointThatIsNearlyCalledLikeOneOfTheProfileIsPointedOut() throws IOException {
    document(
        """
        pole: {id: P-1}
        buses: {line: {driver: modbus-rtu, port: /dev/ttyS1}}
        devices:
          e: {bus: line, profile: xy-md02, points: {temperatur: {min: 0}}}
        """);

    assertThat(call("check", folder + "/pole.yaml")).isEqualTo(1);

    assertThat(out())
        .contains("point \"temperatur\" is taken for a new one: did you mean \"temperature\"");
  }

  @Test
  void checkAndRunRefuseTheSameDocumentTheSameWay() throws IOException {
    document(Files.readString(Path.of("src/test/resources/cases/ten-mistakes/pole.yaml")));

    assertThat(call("check", folder + "/pole.yaml")).isEqualTo(1);
    String checked = err();
    err.reset();
    assertThat(call("run")).isEqualTo(1);

    assertThat(checked.lines())
        .hasSize(10)
        .allMatch(line -> line.startsWith(folder + "/pole.yaml:"));
    assertThat(err()).isEqualTo(checked);
    assertThat(out()).isEmpty();
    assertThat(applied).isEmpty();
  }

  @Test
  void runAppliesAGoodDocument() throws IOException {
    document("pole: {id: A}");

    assertThat(call("run")).isEqualTo(0);

    assertThat(applied).extracting(PoleSpec::id).containsExactly("A");
    assertThat(out() + err()).isEmpty();
  }

  @Test
  void theConfigurationIsOfferedOnceADocumentIsInForce() throws IOException {
    document("pole: {id: }");
    assertThat(call("run")).isEqualTo(1);
    assertThat(offered).isEmpty();
    document("pole: {id: A}");
    assertThat(call("run")).isEqualTo(0);
    assertThat(offered).extracting(Version::number).containsExactly(1);
  }

  @Test
  void theNextRunAppliesTheDocumentAsItIsThen() throws IOException {
    document("pole: {id: A}");
    assertThat(call("run")).isEqualTo(0);
    document("pole: {id: B}");
    assertThat(call("run")).isEqualTo(0);

    assertThat(applied).extracting(PoleSpec::id).containsExactly("A", "B");
    assertThat(err()).isEmpty();
  }

  @Test
  void aDocumentEditedWithMistakesStartsWithTheLastGoodOneAndSaysSo() throws IOException {
    document("pole: {id: A}");
    assertThat(call("run")).isEqualTo(0);
    document("pole: {id: }");
    assertThat(call("run")).isEqualTo(0);

    assertThat(applied).extracting(PoleSpec::id).containsExactly("A", "A");
    assertThat(err())
        .contains("pole.yaml:1:8: ")
        .contains("polegate starts with version 1 of ")
        .contains("pole.yaml.refused");
    assertThat(folder.resolve("pole.yaml")).hasContent("pole: {id: A}");
    assertThat(folder.resolve("pole.yaml.refused")).hasContent("pole: {id: }");
  }

  @Test
  void secretsAreSetFromTheStandardInputAndListedWithoutTheirValue() throws IOException {
    in = "top secret\n";
    assertThat(call("secret", "set", "city-mqtt")).isEqualTo(0);
    assertThat(call("secret", "list")).isEqualTo(0);
    assertThat(out()).contains("city-mqtt\n").doesNotContain("top secret");
    assertThat(Files.readString(folder.resolve("secrets"), StandardCharsets.ISO_8859_1))
        .doesNotContain("top secret");
  }

  @Test
  void aSecretThatTheDocumentNamesIsNotRemoved() throws IOException {
    in = "x";
    assertThat(call("secret", "set", "city")).isEqualTo(0);
    document("pole: {id: A} # ${secret:city}");
    assertThat(call("secret", "remove", "city")).isEqualTo(1);
    assertThat(err()).contains("pole.yaml names the secret \"city\"");
    document("pole: {id: A}");
    assertThat(call("secret", "remove", "city")).isEqualTo(0);
    assertThat(call("secret", "remove", "city")).isEqualTo(1);
    assertThat(err()).contains("there is no secret \"city\"");
  }

  @Test
  void secretsWithoutAProperNameOrValueAreRefused() {
    in = "x";
    assertThat(call("secret", "set", "City!")).isEqualTo(1);
    assertThat(err()).contains("\"City!\" is no name of a secret");
    in = "\n";
    assertThat(call("secret", "set", "city")).isEqualTo(1);
    assertThat(err()).contains("a secret has 1 to 4096 characters");
    assertThat(call("secret", "show", "city")).isEqualTo(2);
  }

  @Test
  void runWithoutADocumentSaysWhereItShouldBe() {
    assertThat(call("run")).isEqualTo(1);
    assertThat(err()).isEqualTo(folder + "/pole.yaml: there is no such file: check the path\n");
  }

  @Test
  void runWithoutAFolderNamesTheProperty() {
    assertThat(service(Optional.empty()).applyAsInt(new String[] {"run"})).isEqualTo(1);
    assertThat(err()).contains("polegate.config");
  }

  @Test
  void anythingElseIsWrongUsage() {
    assertThat(call("check")).isEqualTo(2);
    assertThat(call("run", "fast")).isEqualTo(2);
    assertThat(call()).isEqualTo(2);
    assertThat(err()).contains("usage: check FILE | run");
  }

  @Test
  void aPathThatIsNoneIsRefused() {
    assertThat(call("check", "a\u0000b")).isEqualTo(1);
    assertThat(err()).contains("is not a path");
  }
}
