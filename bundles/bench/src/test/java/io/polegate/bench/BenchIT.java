package io.polegate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the assembled command in its short form. What it checks itself ends it with 1. */
final class BenchIT {
  private static final Path PROGRAM =
      Path.of(System.getProperty("polegate.bench", "target/polegate-bench"), "bin/polegate-bench");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"append", "wear", "open", "drain", "alarm", "pole"})
  void shortFormsSayWhetherTheirGoalWasMet(String name) throws Exception {
    Ended ended = run(name, "--short", "--folder", folder.toString());
    assertThat(ended.output())
        .contains("== " + name + ": ")
        .containsPattern("goal: .*: M(ET|ISSED)");
    assertThat(ended.code()).isZero();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void driverAndForeignClientReadTheSameRegisters() throws Exception {
    Ended ended = run("modbus", "--short", "--folder", folder.toString());
    assertThat(ended.output())
        .contains("driver / libmodbus", "driver / driver per point", "driver / wire");
    assertThat(ended.code()).isZero();
  }

  @Test
  void aLoadedGatewayIsComparedWithAnIdleOne() throws Exception {
    Ended ended = run("load", "--short", "--folder", folder.toString());
    assertThat(ended.output()).contains("1 point", "500 points on 10 devices");
    assertThat(ended.code()).isZero();
  }

  @Test
  void mistakesInTheCommandLineAreExplained() throws Exception {
    Ended ended = run("faster");
    assertThat(ended.output()).contains("there is no benchmark \"faster\"", "usage:");
    assertThat(ended.code()).isEqualTo(2);
  }

  private record Ended(int code, String output) {}

  private static Ended run(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
