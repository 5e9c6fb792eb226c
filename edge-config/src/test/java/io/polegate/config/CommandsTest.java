package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.PoleSpec;
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

  private CommandService service(Optional<String> config) {
    CommandService service =
        new CommandService(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            config,
            () -> false);
    service.addDriver(FakeModbus.rtu(), false);
    service.addDriver(FakeModbus.tcp(), false);
    service.addFormat(new FakeJson());
    service.addTarget(applied::add, Map.of());
    return service;
  }

  private int call(String... arguments) {
    return service(Optional.of(folder.toString())).applyAsInt(arguments);
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
  void runAgainAppliesTheDocumentAsItIsNow() throws IOException {
    CommandService service = service(Optional.of(folder.toString()));
    document("pole: {id: A}");
    assertThat(service.applyAsInt(new String[] {"run"})).isEqualTo(0);
    document("pole: {id: B}");
    assertThat(service.applyAsInt(new String[] {"run"})).isEqualTo(0);
    document("pole: {id: }");
    assertThat(service.applyAsInt(new String[] {"run"})).isEqualTo(1);

    assertThat(applied).extracting(PoleSpec::id).containsExactly("A", "B");
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
