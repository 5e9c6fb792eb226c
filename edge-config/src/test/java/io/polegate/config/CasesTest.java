package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every folder in {@code cases} is a document and what the check says of it. */
final class CasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases");

  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> String.valueOf(folder.getFileName())).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysExactlyWhatIsWrong(String name) throws IOException {
    Path folder = CASES.resolve(name);
    Outcome outcome = Checks.withFakes().check(folder.resolve("pole.yaml"));

    // a profile more is no reason to change what is expected here
    Set<String> ids = new ProfileLibrary(folder.resolve("profiles"), new Findings("")).ids();
    String messages =
        Checks.messages(outcome)
            .replace(folder + "/", "")
            .replace(Findings.list(ids), "{profiles}");
    assertThat(messages).isEqualTo(Files.readString(folder.resolve("expected.txt")));
    assertThat(outcome.isGood()).isFalse();
  }

  @Test
  void tenMistakesAreFoundInOneRun() throws IOException {
    assertThat(Files.readAllLines(CASES.resolve("ten-mistakes/expected.txt"))).hasSize(10);
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(20);
  }
}
