package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Configuration.Answer;
import io.polegate.api.journal.JournalItem.Event;
import io.polegate.api.journal.Lane;
import io.polegate.api.live.UplinkStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that are in force until they prove themselves or not. */
final class ChangeOnTrialTest {
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

  private void uplink(boolean connected, Optional<Duration> acknowledged, String message) {
    pole.uplinks.clear();
    pole.uplinks.add(new UplinkStatus("city", connected, acknowledged, 0, message));
  }

  private void assertOldDocument() {
    assertThat(pole.inForce()).isEqualTo("A");
    assertThat(pole.file()).hasContent(A);
    assertThat(pole.configuration().current().number()).isEqualTo(1);
    assertThat(pole.configuration().trial()).isEmpty();
    assertThat(pole.config.resolve(".pole.yaml.new")).doesNotExist();
  }

  @Test
  void aChangeOnTrialIsInForceButNotKept() {
    assertThat(pole.tryOut("1", B, 60)).isEqualTo(new Answer.OnTrial("1", Duration.ofSeconds(60)));
    pole.pass(20);
    assertThat(pole.inForce()).isEqualTo("B");
    assertThat(pole.file()).hasContent(A);
    assertThat(pole.configuration().history()).hasSize(1);
    assertThat(pole.configuration().trial().orElseThrow().remaining())
        .isEqualTo(Duration.ofSeconds(40));
    assertThat(pole.eventTypes()).containsExactly("configuration-on-trial");
    assertThat(pole.tryOut("1", B, 60)).isInstanceOf(Answer.OnTrial.class);
  }

  @Test
  void aConfirmedTrialIsKept() {
    pole.tryOut("1", B, 60);
    assertThat(pole.configuration().confirm("2", "x")).isFalse();
    assertThat(pole.configuration().confirm("1", "x")).isTrue();
    assertThat(pole.configuration().confirm("1", "x")).isFalse();
    pole.pass(100);
    assertThat(pole.inForce()).isEqualTo("B");
    assertThat(pole.file()).hasContent(B);
    assertThat(pole.change("1", A)).isInstanceOf(Answer.Kept.class);
    assertThat(pole.ticking).isFalse();
  }

  @Test
  void aRejectedTrialIsUndone() {
    pole.tryOut("1", B, 60);
    assertThat(pole.configuration().reject("1", "technician")).isTrue();
    assertOldDocument();
    assertThat(pole.attribute("configuration-rolled-back", "why")).contains("technician");
    assertThat(pole.configuration().reject("1", "technician")).isFalse();
  }

  @Test
  void aTrialThatCutsThePoleOffIsUndoneInItsTimeAndSaysWhy() {
    uplink(true, Optional.of(Duration.ZERO), "");
    pole.tryOut("1", B, 60);
    uplink(false, Optional.empty(), "connection refused");
    pole.pass(59);
    assertThat(pole.inForce()).isEqualTo("B");
    pole.pass(1);
    assertOldDocument();
    assertThat(pole.attribute("configuration-rolled-back", "cause")).isEqualTo("not-confirmed");
    assertThat(pole.attribute("configuration-rolled-back", "why"))
        .contains("nobody confirmed it within 60 s")
        .contains("connection \"city\" is not connected (connection refused)");
    assertThat(pole.events)
        .filteredOn(event -> event.type().equals("configuration-rolled-back"))
        .extracting(Event::lane)
        .containsExactly(Lane.ALARM);
    assertThat(pole.change("1", B)).isInstanceOf(Answer.Refused.class);
    assertThat(pole.ticking).isFalse();
  }

  @Test
  void regainedContactThatLastsKeepsTheChange() {
    uplink(true, Optional.of(Duration.ZERO), "");
    pole.tryOut("1", B, 60);
    uplink(false, Optional.empty(), "connecting");
    pole.pass(20);
    uplink(true, Optional.of(Duration.ofSeconds(1)), "");
    pole.pass(10);
    assertThat(pole.configuration().trial()).isPresent();
    pole.pass(1);
    assertThat(pole.configuration().trial()).isEmpty();
    assertThat(pole.file()).hasContent(B);
  }

  @Test
  void contactThatComesAndGoesDoesNotKeepIt() {
    uplink(true, Optional.of(Duration.ZERO), "");
    pole.tryOut("1", B, 60);
    for (int i = 0; i < 6; i++) {
      uplink(true, Optional.of(Duration.ofMillis(1)), "");
      pole.pass(9);
      uplink(false, Optional.empty(), "lost");
      pole.pass(1);
    }
    assertOldDocument();
  }

  @Test
  void aConnectionOnWhichNothingWasAcknowledgedSinceProvesNothing() {
    uplink(true, Optional.of(Duration.ofSeconds(5)), "");
    pole.tryOut("1", B, 30);
    for (int second = 1; second <= 30; second++) {
      uplink(true, Optional.of(Duration.ofSeconds(5 + second)), "");
      pole.pass(1);
    }
    assertOldDocument();
    assertThat(pole.attribute("configuration-rolled-back", "why")).contains("acknowledged");
  }

  @Test
  void everyConnectionThatStoodMustStandAgain() {
    pole.uplinks.add(new UplinkStatus("city", true, Optional.of(Duration.ZERO), 0, ""));
    pole.uplinks.add(new UplinkStatus("water", true, Optional.of(Duration.ZERO), 0, ""));
    pole.tryOut("1", B, 30);
    uplink(true, Optional.of(Duration.ZERO), "");
    pole.pass(30);
    assertOldDocument();
    assertThat(pole.attribute("configuration-rolled-back", "why"))
        .contains("connection \"water\" is no longer in the document");
  }

  @Test
  void withoutAnyConnectionOnlySomebodyCanKeepIt() {
    pole.tryOut("1", B, 30);
    pole.pass(30);
    assertOldDocument();
  }

  @Test
  void anotherChangeHasToWaitForTheTrial() {
    pole.tryOut("1", B, 30);
    assertThat(pole.change("2", A.replace("A", "C"))).isInstanceOf(Answer.Refused.class);
    pole.pass(30);
    assertThat(pole.change("2", A.replace("A", "C"))).isInstanceOf(Answer.Kept.class);
  }

  @Test
  void aRestartDuringTheTrialUndoesIt() {
    pole.tryOut("1", B, 60);
    pole.events.clear();
    assertThat(pole.run()).isZero();
    assertOldDocument();
    assertThat(pole.attribute("configuration-rolled-back", "cause")).isEqualTo("restarted");
    assertThat(pole.attribute("configuration-rolled-back", "change")).isEqualTo("1");
    assertThat(pole.change("1", B)).isInstanceOf(Answer.Refused.class);
    pole.events.clear();
    assertThat(pole.run()).isZero();
    assertThat(pole.events).isEmpty();
  }
}
