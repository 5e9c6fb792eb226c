package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.live.DeviceStatus.State;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values that a device has to have, for instance the safe state of a relay module as WB-MR6C. */
final class SetupTest {
  private static final String TIME = "relay/safety-time";
  private static final String STATE = "relay/safe-1";
  private static final Map<String, Value> WANTED =
      Map.of("safety-time", new Value.Int(10), "safe-1", new Value.Text("on"));
  private static final String BOTH = "safety-time=10 (was 60.0), safe-1=on (was off)";

  private final HandClock clock = new HandClock();
  private final FakeLine fake = new FakeLine(clock);
  private final WorkRig rig = new WorkRig(clock);

  private void asDelivered() {
    fake.registers.put(TIME, new Value.Int(600));
    fake.registers.put(STATE, new Value.Int(0));
    fake.registers.put("relay/input", new Value.Int(0));
  }

  private void relayOnLine(Map<String, Value> setup) {
    asDelivered();
    rig.with("line", fake, Relay.spec("line", setup));
  }

  /** Off the line until it is known to be offline. */
  private void away() {
    fake.silent.add("relay");
    rig.runFor(Duration.ofSeconds(10));
    assertThat(rig.status("relay").state()).isEqualTo(State.OFFLINE);
  }

  private void back() {
    fake.silent.remove("relay");
    rig.runFor(Duration.ofMinutes(2));
    assertThat(rig.status("relay").state()).isEqualTo(State.ONLINE);
  }

  private List<String> written() {
    return rig.events("device-setup").stream().map(event -> text(event, "written")).toList();
  }

  private List<String> failures() {
    return rig.events("device-setup-failed").stream().map(event -> text(event, "message")).toList();
  }

  private static String text(JournalItem.Event event, String key) {
    Value value = event.attributes().get(key);
    return value instanceof Value.Text text ? text.value() : String.valueOf(value);
  }

  private List<Value> verified() {
    return rig.events("device-setup").stream()
        .map(event -> event.attributes().getOrDefault("verified", new Value.Text("absent")))
        .toList();
  }

  @Test
  void aRelayAsDeliveredGetsItsSafeStateOnceAndItIsVerified() {
    relayOnLine(WANTED);
    rig.runFor(Duration.ofSeconds(1)); // before the next poll
    assertThat(written()).hasSize(1);
    rig.runFor(Duration.ofMinutes(5));
    assertThat(fake.writes)
        .containsExactly("relay/safety-time=Int[value=100]", "relay/safe-1=Int[value=1]");
    assertThat(written()).containsExactly(BOTH);
    assertThat(verified()).containsExactly(new Value.Bool(true));
    assertThat(rig.events("device-setup").get(0).lane()).isEqualTo(Lane.STATE);
    assertThat(failures()).isEmpty();
  }

  @Test
  void aRelayThatHasItsSafeStateIsReadOnceAndNothingIsTold() {
    relayOnLine(WANTED);
    fake.registers.put(TIME, new Value.Int(100));
    fake.registers.put(STATE, new Value.Int(1));
    rig.runFor(Duration.ofSeconds(1));
    assertThat(fake.reads).hasSize(2); // the poll, and the look
    rig.runFor(Duration.ofMinutes(5));
    assertThat(fake.writes).isEmpty();
    assertThat(rig.events()).isEmpty();
  }

  @Test
  void aRelayThatWasReplacedGetsItAgainAndOneThatOnlyLostAFrameIsLeftAlone() {
    relayOnLine(WANTED);
    rig.runFor(Duration.ofSeconds(11));
    fake.writes.clear();
    fake.silent.add("relay");
    rig.runFor(Duration.ofSeconds(2)); // one poll
    asDelivered();
    fake.silent.clear();
    rig.runFor(Duration.ofSeconds(20));
    assertThat(rig.events()).doesNotContain("device-offline");
    assertThat(fake.writes).isEmpty();
    away();
    back();
    assertThat(fake.writes).hasSize(2);
    assertThat(written()).containsExactly(BOTH, BOTH);
    assertThat(fake.registers).containsEntry(TIME, new Value.Int(100));
  }

  @Test
  void onlyWhatDiffersIsWritten() {
    relayOnLine(WANTED);
    fake.registers.put(STATE, new Value.Int(1));
    rig.runFor(Duration.ofSeconds(5));
    assertThat(fake.writes).containsExactly("relay/safety-time=Int[value=100]");
    assertThat(written()).containsExactly("safety-time=10 (was 60.0)");
  }

  @Test
  void aValueBeyondLimitsOrWithoutANameIsAnotherValueAndIsWrittenOver() {
    relayOnLine(WANTED);
    fake.registers.put(TIME, new Value.Int(65_535));
    fake.registers.put(STATE, new Value.Int(7));
    rig.runFor(Duration.ofSeconds(5));
    assertThat(fake.writes).hasSize(2);
    assertThat(verified()).containsExactly(new Value.Bool(true));
  }

  @Test
  void aDeviceThatRefusesIsWrittenOncePerPointAndPerComingOnline() {
    relayOnLine(WANTED);
    fake.refusing.add("relay");
    rig.runFor(Duration.ofHours(1));
    assertThat(fake.writes).hasSize(2);
    String refused =
        "safety-time is refused: exception 3: illegal data value,"
            + " safe-1 is refused: exception 3: illegal data value";
    assertThat(failures()).containsExactly(refused);
    assertThat(rig.events("device-setup-failed").get(0).lane()).isEqualTo(Lane.ALARM);
    assertThat(verified()).containsExactly(new Value.Bool(false));
    assertThat(written()).containsExactly("");
    for (int i = 2; i < 5; i++) {
      away();
      back();
      rig.runFor(Duration.ofMinutes(10));
      assertThat(fake.writes).hasSize(2 * i);
      assertThat(failures()).hasSize(i);
    }
  }

  @Test
  void aDeviceThatTakesAValueAndKeepsAnotherFailsAndIsNotWrittenInALoop() {
    relayOnLine(WANTED);
    fake.ignoresWrites = true;
    rig.runFor(Duration.ofHours(1));
    assertThat(fake.writes).hasSize(2);
    assertThat(failures()).containsExactly("safety-time reads back 60.0, safe-1 reads back off");
    assertThat(written()).containsExactly(BOTH);
    assertThat(verified()).containsExactly(new Value.Bool(false));
    away();
    fake.ignoresWrites = false;
    back();
    assertThat(verified()).containsExactly(new Value.Bool(false), new Value.Bool(true));
    assertThat(failures()).hasSize(1);
  }

  @Test
  void aLostAnswerToAWriteIsLookedAtAgainAndNeverWrittenTwice() {
    relayOnLine(Map.of("safety-time", new Value.Int(10)));
    fake.effect = (key, value) -> fake.silent.add("relay");
    fake.life =
        () -> {
          if (fake.reads.size() > 2) {
            fake.silent.clear(); // one frame was lost: the next poll is answered
          }
        };
    rig.runFor(Duration.ofMinutes(1));
    assertThat(fake.writes).hasSize(1);
    assertThat(written()).containsExactly("safety-time=10 (was 60.0)");
    assertThat(verified()).containsExactly(new Value.Bool(true));
    assertThat(rig.events()).containsExactly("device-setup");
  }

  @Test
  void aWriteThatGotLostWithItsAnswerFailsAndIsNotRepeatedButTheOthersAreTried() {
    relayOnLine(WANTED);
    fake.ignoresWrites = true;
    fake.life =
        () -> {
          switch (fake.reads.size()) { // the poll, the look, the read-back, the poll
            case 3 -> fake.silent.add("relay");
            default -> fake.silent.clear();
          }
        };
    rig.runFor(Duration.ofMinutes(10));
    assertThat(fake.writes).hasSize(2);
    assertThat(failures()).containsExactly("safety-time reads 60.0, not 10, safe-1 reads back off");
    assertThat(rig.events()).doesNotContain("device-offline");
  }

  @Test
  void aPointThatDidNotAnswerOnceIsLookedAtAgain() {
    relayOnLine(WANTED);
    fake.life =
        () -> {
          switch (fake.reads.size()) {
            case 2 -> fake.partlySilent.add(STATE);
            default -> fake.partlySilent.clear();
          }
        };
    rig.runFor(Duration.ofMinutes(1));
    assertThat(written()).containsExactly(BOTH);
    assertThat(rig.events()).containsExactly("device-setup");
  }

  @Test
  void whatWasWrittenBeforeTheDeviceWentOfflineIsToldWhenItIsVerified() {
    relayOnLine(Map.of("safety-time", new Value.Int(10)));
    fake.effect = (key, value) -> fake.silent.add("relay");
    rig.runFor(Duration.ofMinutes(1));
    assertThat(rig.status("relay").state()).isEqualTo(State.OFFLINE);
    assertThat(written()).isEmpty();
    back();
    assertThat(fake.writes).hasSize(1);
    assertThat(written()).containsExactly("safety-time=10 (was 60.0)");
    assertThat(verified()).containsExactly(new Value.Bool(true));
  }

  @Test
  void aPointThatNeverAnswersIsGivenUpAfterThreeLooksAndTheOthersAreSetAllTheSame() {
    relayOnLine(WANTED);
    fake.partlySilent.add(STATE);
    rig.runFor(Duration.ofMinutes(10));
    assertThat(fake.writes).containsExactly("relay/safety-time=Int[value=100]");
    assertThat(failures()).containsExactly("safe-1 reads bad: device-silent, no answer");
    assertThat(written()).containsExactly("safety-time=10 (was 60.0)");
  }

  @Test
  void aPointThatTheDeviceDoesNotKnowIsNotWritten() {
    relayOnLine(WANTED);
    fake.registers.remove(STATE);
    rig.runFor(Duration.ofMinutes(10));
    assertThat(fake.writes).containsExactly("relay/safety-time=Int[value=100]");
    assertThat(failures()).singleElement().asString().startsWith("safe-1 reads bad: device-ref");
  }

  @Test
  void whatIsWrongInTheDocumentFailsAndIsNeverWritten() {
    relayOnLine(
        Map.of(
            "gone", new Value.Int(1),
            "input", new Value.Int(1),
            "pulse", new Value.Int(1),
            "safe-1", new Value.Text("maybe"),
            "safety-time", new Value.Int(601)));
    rig.runFor(Duration.ofMinutes(10));
    assertThat(fake.writes).isEmpty();
    assertThat(failures())
        .containsExactly(
            "gone is no point of the device, input has to be readable and writable,"
                + " pulse has to be readable and writable, safety-time may not be 601 by its limits,"
                + " safe-1 cannot be maybe");
  }

  @Test
  void aDeviceThatCannotBeSetUpAtAllFailsWithoutARead() {
    relayOnLine(Map.of("gone", new Value.Int(1)));
    rig.runFor(Duration.ofSeconds(1));
    assertThat(fake.reads).hasSize(1);
    assertThat(failures()).containsExactly("gone is no point of the device");
  }

  @Test
  void aBusThatWasDownIsReasonEnoughToLookAgain() {
    relayOnLine(WANTED);
    rig.runFor(Duration.ofSeconds(10));
    fake.down = true;
    rig.runFor(Duration.ofSeconds(10));
    asDelivered();
    fake.down = false;
    rig.runFor(Duration.ofMinutes(1));
    assertThat(written()).containsExactly(BOTH, BOTH);
  }
}
