package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Configuration.Answer;
import io.polegate.api.config.Configuration.Change;
import io.polegate.api.config.Configuration.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes while the gateway runs, and what undoes them. */
final class LiveConfigurationTest {
  private static final String A = TestPole.A;
  private static final String B = TestPole.B;
  @TempDir private Path folder;
  private TestPole pole;

  @BeforeEach
  void aRunningPole() {
    pole = new TestPole(folder);
    pole.write(A);
    assertThat(pole.run()).isZero();
  }

  private void assertOldDocument() {
    assertThat(pole.inForce()).isEqualTo("A");
    assertThat(pole.file()).hasContent(A);
    assertThat(pole.configuration().current().number()).isEqualTo(1);
    assertThat(pole.configuration().trial()).isEmpty();
    assertThat(pole.config.resolve(".pole.yaml.new")).doesNotExist();
  }

  @Test
  void whatWasEditedMeanwhileIsNotLost() throws IOException {
    String edited = A + "# by hand\n";
    pole.write(edited);

    assertThat(pole.change("1", B)).isInstanceOf(Answer.Kept.class);

    assertThat(pole.file()).hasContent(B);
    assertThat(pole.config.resolve("pole.yaml.edited")).hasContent(edited);
    Files.delete(pole.config.resolve("pole.yaml.edited"));
    assertThat(pole.change("2", A)).isInstanceOf(Answer.Kept.class);
    assertThat(pole.config.resolve("pole.yaml.edited")).doesNotExist();
  }

  @Test
  void aGoodChangeIsAppliedKeptAndReported() {
    Answer answer = pole.change("1", B);

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Kept.class,
            kept -> {
              assertThat(kept.version().number()).isEqualTo(2);
              assertThat(kept.version().author()).isEqualTo("cloud:city");
              assertThat(kept.version().reason()).isEqualTo("because");
              assertThat(kept.version().diff())
                  .contains("-pole: {id: A}\n")
                  .contains("+pole: {id: B}\n");
            });
    assertThat(pole.inForce()).isEqualTo("B");
    assertThat(pole.file()).hasContent(B);
    assertThat(pole.eventTypes()).containsExactly("configuration-changed");
    assertThat(pole.run()).isZero();
    assertThat(pole.inForce()).isEqualTo("B");
    assertThat(pole.configuration().history()).extracting(Version::number).containsExactly(2, 1);
  }

  @Test
  void everyMistakeIsSaidAndNothingHappens() {
    Answer answer = pole.change("1", "pole: {id: }\ncolud: {}\n");
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> {
              assertThat(refused.problems()).hasSize(2);
              assertThat(refused.problems()).allMatch(line -> line.startsWith("pole.yaml:"));
            });
    assertThat(pole.applied).hasSize(1);
    assertThat(pole.eventTypes()).containsExactly("configuration-refused");
    assertOldDocument();
  }

  @Test
  void whatIsInForceAlreadyChangesNothing() {
    assertThat(pole.change("1", A)).isInstanceOf(Answer.Unchanged.class);
    assertThat(pole.applied).hasSize(1);
    assertThat(pole.events).isEmpty();
  }

  @Test
  void aRepeatedIdGetsItsAnswerAgainEvenAfterARestart() {
    Answer kept = pole.change("1", B);
    Answer refused = pole.change("2", "no");
    assertThat(pole.run()).isZero();
    int applied = pole.applied.size();

    assertThat(pole.change("2", A)).isEqualTo(refused);
    assertThat(pole.change("1", A))
        .isInstanceOfSatisfying(
            Answer.Kept.class,
            again ->
                assertThat(again.version().sha256())
                    .isEqualTo(((Answer.Kept) kept).version().sha256()));
    assertThat(pole.applied).hasSize(applied);
    assertThat(pole.eventTypes()).endsWith("configuration-refused", "configuration-changed");
  }

  @Test
  void aVersionThatIsNotKeptIsRefusedAndReported() {
    Change by = new Change("2", "", "cloud:city", "", Optional.empty());
    assertThat(pole.configuration().rollBack(7, by))
        .isEqualTo(new Answer.Refused(List.of("version 7 is not kept")));
    assertThat(pole.eventTypes()).containsExactly("configuration-refused");
    assertOldDocument();
  }

  @Test
  void onlyTheLastHundredIdsAreRemembered() {
    for (int i = 0; i < 101; i++) {
      pole.change("c" + i, A);
    }
    assertThat(pole.change("c1", B)).isInstanceOf(Answer.Unchanged.class);
    assertThat(pole.change("c0", B)).isInstanceOf(Answer.Kept.class);
  }

  @Test
  void idsAndTimesOutOfRangeAreRefused() {
    assertThat(pole.change("", B)).isInstanceOf(Answer.Refused.class);
    assertThat(pole.change("x".repeat(129), B)).isInstanceOf(Answer.Refused.class);
    assertThat(pole.tryOut("1", B, 4)).isInstanceOf(Answer.Refused.class);
    assertThat(pole.tryOut("1", B, 86_401)).isInstanceOf(Answer.Refused.class);
    assertOldDocument();
  }

  @Test
  void aPartThatFailsUndoesTheChangeAtOnce() {
    pole.targetFails = Optional.of(new IllegalStateException("no room"));
    Answer answer = pole.change("1", B);
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.problems().get(0)).contains("no room"));
    assertOldDocument();
    assertThat(pole.attribute("configuration-rolled-back", "cause")).isEqualTo("failed");
  }

  @Test
  void aFolderThatCannotBeWrittenRefusesTheChangeBeforeAnythingIsApplied() throws IOException {
    // root may write anywhere, so what is in the way is a folder that is not empty
    Path staged = Files.createDirectory(pole.config.resolve(".pole.yaml.new"));
    Files.writeString(staged.resolve("x"), "");
    assertThat(pole.change("1", B))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.problems().get(0)).contains("nothing was changed"));
    assertThat(pole.applied).hasSize(1);
    Files.delete(staged.resolve("x"));
    Files.delete(staged);
    assertThat(pole.change("1", B)).isInstanceOf(Answer.Kept.class);
  }

  @Test
  void aHistoryThatCannotBeWrittenUndoesTheChange() throws IOException {
    Path blocked = Files.createDirectory(pole.data.resolve("config/000002.yaml"));
    Files.writeString(blocked.resolve("x"), "");
    assertThat(pole.change("1", B)).isInstanceOf(Answer.Refused.class);
    assertOldDocument();
  }

  @Test
  void permissionsOfTheFileStay() throws IOException {
    Files.setPosixFilePermissions(pole.file(), PosixFilePermissions.fromString("rw-r-----"));
    pole.change("1", B);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pole.file())))
        .isEqualTo("rw-r-----");
  }

  @Test
  void anEarlierVersionIsBroughtBackAsANewOne() {
    pole.change("1", B);
    Change by = new Change("2", "", "technician", "it was better", Optional.empty());
    assertThat(pole.configuration().rollBack(7, by)).isInstanceOf(Answer.Refused.class);
    assertThat(pole.configuration().rollBack(1, by)).isInstanceOf(Answer.Kept.class);
    assertThat(pole.inForce()).isEqualTo("A");
    assertThat(pole.configuration().current().number()).isEqualTo(3);
    assertThat(pole.configuration().current().author()).isEqualTo("technician");
  }

  @Test
  void aDiffSaysWhatADocumentWouldChange() {
    assertThat(pole.configuration().diff(A)).isEmpty();
    assertThat(pole.configuration().diff(B)).startsWith("--- pole.yaml\n+++ pole.yaml\n@@ ");
    assertThat(pole.configuration().check(B)).isEmpty();
    assertThat(pole.configuration().check("")).hasSize(1);
    assertThat(pole.applied).hasSize(1);
  }

  @Test
  void aChangeThatCannotBeKeptIsNotBroughtBackByTheNextStart() throws IOException {
    Path folder = pole.data.resolve("config");
    Files.createFile(folder.resolve("000099.yaml.damaged"));
    assertThat(pole.run()).isZero();
    // what has to make room cannot be removed
    Files.createDirectories(folder.resolve("000002.yaml.damaged/stays"));

    assertThat(pole.change("x", B)).isInstanceOf(Answer.Refused.class);
    assertThat(pole.run()).isZero();
    assertThat(pole.inForce()).isEqualTo("A");
  }

  @Test
  void whatStrangersWriteStaysOnOneLine() {
    Change hostile = new Change("y", B, "me\u001b[2J\nroot", "why\nnot", Optional.empty());
    assertThat(pole.configuration().change(hostile)).isInstanceOf(Answer.Kept.class);
    assertThat(pole.configuration().current().author()).isEqualTo("me [2J root");
    assertThat(pole.configuration().current().reason()).isEqualTo("why not");
    assertThat(pole.change("z\n", A)).isInstanceOf(Answer.Refused.class);
    assertThat(pole.attribute("configuration-refused", "change")).isEqualTo("z ");
  }
}
