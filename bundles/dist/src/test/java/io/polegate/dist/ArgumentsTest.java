package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArgumentsTest {
  @Test
  void runTakesItsFoldersInAnyOrder() {
    assertThat(Arguments.parse("run", "--data", "d", "--http", "81", "--config", "c"))
        .isEqualTo(new Arguments.Run(Path.of("c"), Path.of("d"), 81));
    assertThat(Arguments.parse("run", "--config", "c", "--data", "d"))
        .isEqualTo(new Arguments.Run(Path.of("c"), Path.of("d"), 8080));
  }

  @Test
  void checkTakesAFileAndPerhapsADataFolder() {
    assertThat(Arguments.parse("check", "f"))
        .isEqualTo(new Arguments.Check(Path.of("f"), Optional.empty()));
    assertThat(Arguments.parse("check", "f", "--data", "d"))
        .isEqualTo(new Arguments.Check(Path.of("f"), Optional.of(Path.of("d"))));
  }

  @Test
  void secretTakesItsCommandAndBothFolders() {
    assertThat(Arguments.parse("secret", "set", "city", "--config", "c", "--data", "d"))
        .isEqualTo(new Arguments.Secret(List.of("set", "city"), Path.of("c"), Path.of("d")));
    assertThat(Arguments.parse("secret", "list", "--data", "d", "--config", "c"))
        .isEqualTo(new Arguments.Secret(List.of("list"), Path.of("c"), Path.of("d")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h", "run --help", "secret set -h"})
  void helpIsGivenAnywhere(String line) {
    assertThat(Arguments.parse(line.split(" "))).isInstanceOf(Arguments.Help.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "runn",
        "run",
        "run --config c",
        "run --config c --data",
        "run --config c --data d --http 0",
        "run --config c --data d --http 65536",
        "run --config c --data d --http x",
        "run --config c --data d --port 1",
        "check",
        "check a b",
        "check a --data",
        "check --data d a",
        "secret",
        "secret set",
        "secret show city --config c --data d",
        "secret set city value --config c --data d",
        "secret set city --config c",
        "secret list --config c --data",
        "version 2"
      })
  void anythingElseIsWrongUsage(String line) {
    String[] words = line.isEmpty() ? new String[0] : line.split(" ");
    assertThat(Arguments.parse(words)).isInstanceOf(Arguments.Wrong.class);
  }
}
