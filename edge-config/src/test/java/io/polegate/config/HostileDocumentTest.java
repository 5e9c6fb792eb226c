package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HostileDocumentTest {
  private static void refused(String document, String message) {
    Outcome outcome = Checks.of(document);
    assertThat(outcome.spec()).isEmpty();
    assertThat(Checks.messages(outcome)).isEqualTo(message + "\n");
  }

  @Test
  void billionLaughsAreCountedNotTold() {
    StringBuilder laughs = new StringBuilder("a0: &a0 {x: lol}\n");
    for (int i = 1; i < 30; i++) {
      String alias = "*a" + (i - 1) + " ";
      laughs.append("a").append(i).append(": &a").append(i).append(" [");
      laughs.append((alias + ", ").repeat(9)).append(alias).append("]\n");
    }
    refused(
        laughs.toString(),
        "pole.yaml:6:16: more than 100000 values, counting what aliases repeat: no pole needs that"
            + " many");
  }

  @Test
  void anAliasOfItselfIsUndefined() {
    refused(
        "pole: &p {id: *p}",
        "pole.yaml:1:15: nothing above is named &p: define it before this alias");
  }

  @Test
  void aDocumentOfTenMegabytesIsNotParsed() {
    refused(
        "#".repeat(10_000_000),
        "pole.yaml: is larger than 1MB: this is not the document of a pole");
  }

  @Test
  void aDocumentOfTheLargestSizeIsParsed() {
    String head = "pole: {id: A}\n#";
    assertThat(Checks.of(head + "x".repeat(DocumentFile.MAX_BYTES - head.length())).spec())
        .isPresent();
  }

  @Test
  void deepNestingIsRefusedInEveryStyle() {
    refused(
        "a: " + "[".repeat(900_000),
        "pole.yaml:1:14: nested deeper than 10 levels: no key needs that");
    refused(
        "{a: ".repeat(200_000), "pole.yaml:1:45: nested deeper than 10 levels: no key needs that");
    refused(
        "- ".repeat(400_000), "pole.yaml:1:23: nested deeper than 10 levels: no key needs that");
  }

  @Test
  void longTextsAndKeysAreRefused() {
    refused(
        "pole: {id: " + "x".repeat(5000) + "}",
        "pole.yaml:1:12: a text is longer than 4096 characters: is a quote missing?");
    refused(
        "x".repeat(65) + ": 1",
        "pole.yaml:1:1: a key is longer than 64 characters: no key needs that");
  }

  @Test
  void longValuesAreNotCheckedForEver() {
    String digits = "9".repeat(4000) + "x";
    Outcome outcome =
        Checks.of("pole: {id: A, location: {latitude: " + digits + ", longitude: " + digits + "}}");
    assertThat(outcome.problems()).hasSize(2);
  }

  @Test
  void keysThatAreNoTextsAreRefused() {
    refused("{[a]: 1}", "pole.yaml:1:2: a key is missing here: write key: value");
    refused("? {a: b}\n: 1", "pole.yaml:1:3: a key is missing here: write key: value");
    refused("?\n: 1", "pole.yaml:1:2: a key is missing here: write key: value");
  }

  @Test
  void printsNoControlCharactersOfTheDocument() {
    Outcome outcome = Checks.of("pole: {id: \"a\\nb\\u001b[31m\"}");
    assertThat(Checks.messages(outcome))
        .isEqualTo(
            "pole.yaml:1:8: id of pole: \"a b [31m\" is not valid: write 1 to 64 letters, digits,"
                + " - or _\n");
  }

  @Test
  void aFloodOfProblemsIsCutShort() {
    StringBuilder document = new StringBuilder("pole: {id: A}\n");
    for (int i = 0; i < 1500; i++) {
      document.append("x").append(i).append(": 1\n");
    }
    Outcome outcome = Checks.of(document.toString());
    assertThat(outcome.problems()).hasSize(Findings.MAX_PROBLEMS + 1);
    assertThat(outcome.problems().get(Findings.MAX_PROBLEMS).text())
        .isEqualTo("pole.yaml: and 500 more problems that are not shown: correct these first");
  }

  @Test
  void binaryIsRefusedWithoutAnException() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      byte[] noise = new byte[random.nextInt(2000) + 1];
      random.nextBytes(noise);
      assertAnswered(noise);
    }
  }

  @Test
  void aDocumentCutAnywhereIsAnswered() throws IOException {
    byte[] good = Files.readAllBytes(Path.of("examples/pole.yaml"));
    for (int length = 0; length < good.length; length++) {
      assertAnswered(Arrays.copyOf(good, length));
    }
  }

  @Test
  void aDocumentWithWrongCharactersAnywhereIsAnswered() throws IOException {
    byte[] good = Files.readAllBytes(Path.of("examples/pole.yaml"));
    byte[] wrong = ":{}[],&*!|>'\"%@`#-?\t\n 0a\u0000<~".getBytes(StandardCharsets.UTF_8);
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      byte[] mutant = good.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        mutant[random.nextInt(mutant.length)] = wrong[random.nextInt(wrong.length)];
      }
      assertAnswered(mutant);
    }
  }

  private static void assertAnswered(byte[] document) {
    Outcome outcome = Checks.of(document);
    assertThat(outcome.isGood()).isEqualTo(outcome.problems().isEmpty());
    assertThat(outcome.problems())
        .allMatch(problem -> problem.text().lines().count() == 1)
        .isSortedAccordingTo(Problem::compareTo);
  }
}
