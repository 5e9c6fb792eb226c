package io.polegate.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Configuration.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pole starts with, whatever happened to its files. */
final class StartupTest {
  private static final int CUTS = 20;
  private static final String DOCUMENT =
      """
      pole: {id: A}
      buses:
        line: {driver: modbus-rtu, port: /dev/ttyS1}
      devices:
        one: {bus: line, unit: 1, points: {p: {address: "input:1"}}}
        two: {bus: line, unit: 2, points: {p: {address: "input:1"}}}
      """;
  private final Random random = new Random(4);
  @TempDir private Path folder;
  private TestPole pole;

  @BeforeEach
  void aPoleThatRan() {
    pole = new TestPole(folder);
    pole.write("pole: {id: before}\n");
    assertThat(pole.run()).isZero();
    pole.write(DOCUMENT);
    assertThat(pole.run()).isZero();
    assertThat(pole.inForce()).isEqualTo("A");
    assertThat(pole.err()).isEmpty();
    pole.events.clear();
  }

  private void assertFellBackToTheLastGoodOne(String how) throws IOException {
    assertThat(pole.run()).as(how).isZero();
    assertThat(pole.inForce()).as(how).isEqualTo("A");
    assertThat(pole.applied.get(0).devices()).as(how).hasSize(2);
    assertThat(pole.err()).as(how).contains("polegate starts with version 2 of ");
    assertThat(pole.eventTypes()).as(how).contains("configuration-fallback");
    assertThat(pole.file()).as(how).hasContent(DOCUMENT);
    assertThat(pole.configuration().current().number()).as(how).isEqualTo(2);
    // and the next start has nothing to say
    pole.events.clear();
    assertThat(pole.run()).isZero();
    assertThat(pole.err()).isEmpty();
    assertThat(pole.events).isEmpty();
  }

  @Test
  void documentCutOffAnywhereStartsWithTheLastGoodOne() throws IOException {
    for (int i = 0; i < CUTS; i++) {
      int length = random.nextInt(DOCUMENT.length());
      pole.write(DOCUMENT.substring(0, length));
      assertFellBackToTheLastGoodOne("the first " + length + " characters");
      assertThat(pole.config.resolve("pole.yaml.refused"))
          .hasContent(DOCUMENT.substring(0, length));
    }
  }

  @Test
  void documentGarbledAnywhereStartsWithTheLastGoodOne() throws IOException {
    for (int i = 0; i < CUTS; i++) {
      FileTime time = Files.getLastModifiedTime(pole.file());
      byte[] content = Files.readAllBytes(pole.file());
      int place = random.nextInt(content.length);
      content[place] ^= (byte) (1 << random.nextInt(8));
      Files.write(pole.file(), content);
      // what a failing disk changes has the time of the last write
      Files.setLastModifiedTime(pole.file(), time);
      assertFellBackToTheLastGoodOne("another bit in byte " + place);
    }
  }

  @Test
  void documentOfZerosAndAMissingOneStartWithTheLastGoodOne() throws IOException {
    Files.write(pole.file(), new byte[DOCUMENT.length()]);
    assertFellBackToTheLastGoodOne("zeros");
    pole.write("");
    assertFellBackToTheLastGoodOne("empty");
    Files.delete(pole.file());
    assertFellBackToTheLastGoodOne("missing");
    Files.delete(pole.file());
    Files.createDirectory(pole.file());
    assertFellBackToTheLastGoodOne("a folder");
  }

  @Test
  void historyCutOffAnywhereStillStartsTheDocumentAndSaysSo() throws IOException {
    for (int i = 0; i < CUTS; i++) {
      int number = pole.configuration().current().number();
      Path file = pole.kept(number, i % 2 == 0 ? "version" : "yaml");
      byte[] content = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(content, random.nextInt(content.length)));
      pole.events.clear();
      assertThat(pole.run()).isZero();
      assertThat(pole.inForce()).isEqualTo("A");
      assertThat(pole.err()).contains("of version " + number + " is damaged");
      assertThat(pole.eventTypes()).contains("configuration-history-damaged");
      assertThat(pole.kept(number, "version.damaged")).exists();
    }
  }

  @Test
  void withDocumentAndNewestVersionDamagedTheOneBeforeIsUsed() throws IOException {
    pole.write("");
    Files.write(pole.kept(2, "yaml"), new byte[0]);
    assertThat(pole.run()).isZero();
    assertThat(pole.inForce()).isEqualTo("before");
    assertThat(pole.err()).contains("polegate starts with version 1 of ");
    assertThat(pole.configuration().current().number()).isEqualTo(1);
    assertThat(pole.file()).hasContent("pole: {id: before}\n");
  }

  @Test
  void anEarlierVersionThatHasToDoIsANewOne() throws IOException {
    pole.write("");
    String refusedByNow = "pole: {id: A}\ncolud: {}\n";
    Files.writeString(pole.kept(2, "yaml"), refusedByNow);
    Version two = pole.configuration().current();
    Sealed.write(
        pole.kept(2, "version"),
        VersionText.of(
            new Version(
                2, two.time(), true, "x", "", Digest.sha256(refusedByNow.getBytes(UTF_8)), "")));
    assertThat(pole.run()).isZero();
    assertThat(pole.inForce()).isEqualTo("before");
    assertThat(pole.configuration().current().number()).isEqualTo(3);
    assertThat(pole.configuration().current().author()).isEqualTo("gateway");
    assertThat(pole.configuration().current().reason()).startsWith("version 1 of ");
  }

  @Test
  void withAllOfThemDamagedTheFactoryDocumentIsUsed() throws IOException {
    pole.write("");
    Files.write(pole.kept(1, "version"), new byte[0]);
    Files.write(pole.kept(2, "version"), new byte[0]);
    Files.writeString(pole.config.resolve("factory.yaml"), "pole: {id: factory}");
    assertThat(pole.run()).isZero();
    assertThat(pole.inForce()).isEqualTo("factory");
    assertThat(pole.err()).contains("polegate starts with the factory document instead");
  }

  @Test
  void withNothingLeftTheStartIsRefused() throws IOException {
    pole.write("");
    Files.write(pole.kept(1, "version"), new byte[0]);
    Files.write(pole.kept(2, "version"), new byte[0]);
    assertThat(pole.run()).isEqualTo(1);
    assertThat(pole.err()).contains("pole.yaml:1:1: the document is empty");
    assertThat(pole.applied).isEmpty();
  }

  @Test
  void whatIsKnownOfTheFileCutOffAnywhereChangesNothing() throws IOException {
    for (int i = 0; i < CUTS; i++) {
      Path note = pole.data.resolve("config/installed");
      byte[] content = Files.readAllBytes(note);
      Files.write(note, Arrays.copyOf(content, random.nextInt(content.length)));
      assertThat(pole.run()).isZero();
      assertThat(pole.inForce()).isEqualTo("A");
      assertThat(pole.configuration().current().number()).isEqualTo(2);
    }
  }

  @Test
  void historyThatIsNoFolderCostsOnlyTheHistory() throws IOException {
    try (var files = Files.list(pole.data.resolve("config"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(pole.data.resolve("config"));
    Files.writeString(pole.data.resolve("config"), "");
    assertThat(pole.run()).isZero();
    assertThat(pole.inForce()).isEqualTo("A");
    assertThat(pole.err()).contains("the history cannot be read");
  }

  @Test
  void aFileThatSomebodyEditedIsANewVersion() {
    pole.write(DOCUMENT.replace("unit: 2", "unit: 3"));
    assertThat(pole.run()).isZero();
    Version now = pole.configuration().current();
    assertThat(now.number()).isEqualTo(3);
    assertThat(now.author()).isEqualTo("file");
    assertThat(now.diff())
        .contains("-  two: {bus: line, unit: 2,")
        .contains("+  two: {bus: line, unit: 3,");
    assertThat(pole.eventTypes()).containsExactly("configuration-changed");
    assertThat(pole.attribute("configuration-changed", "diff")).isEqualTo("+1 -1 lines");
  }

  @Test
  void aFileWhoseEndSomebodyCutIsExplained() {
    pole.write(DOCUMENT.substring(0, DOCUMENT.indexOf("  two")));
    assertThat(pole.run()).isZero();
    assertThat(pole.err()).contains("is cut off").contains("add a line of comment");
    pole.write(DOCUMENT.substring(0, DOCUMENT.indexOf("  two")) + "# two is gone\n");
    assertThat(pole.run()).isZero();
    assertThat(pole.applied.get(0).devices()).hasSize(1);
  }

  @Test
  void anEarlierVersionThatSomebodyPutBackIsTaken() throws IOException {
    pole.write("pole: {id: A}\n");
    Files.delete(pole.kept(2, "version"));
    assertThat(pole.run()).isZero();
    pole.write(DOCUMENT);
    assertThat(pole.run()).isZero();
    pole.write("pole: {id: A}\n");
    assertThat(pole.run()).isZero();
    assertThat(pole.err()).isEmpty();
    assertThat(pole.applied.get(0).devices()).isEmpty();
  }

  @Test
  void fiftyVersionsAreKeptAndTheFirst() {
    for (int i = 0; i < 60; i++) {
      pole.write("pole: {id: P" + i + "}\n");
      assertThat(pole.run()).isZero();
    }
    assertThat(pole.configuration().history())
        .extracting(Version::number)
        .hasSize(51)
        .startsWith(62, 61, 60)
        .endsWith(13, 1);
    assertThat(pole.configuration().document(1)).hasValue("pole: {id: before}\n");
    assertThat(pole.configuration().document(12)).isEmpty();
    assertThat(pole.kept(12, "yaml")).doesNotExist();
  }
}
