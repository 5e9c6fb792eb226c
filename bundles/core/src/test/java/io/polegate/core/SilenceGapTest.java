package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of the time that a device was silent. Polls every 2 s. */
final class SilenceGapTest {
  private static List<JournalItem.Event> gaps(LineRig rig) {
    return rig.journal.stream()
        .filter(JournalItem.Event.class::isInstance)
        .map(JournalItem.Event.class::cast)
        .filter(event -> event.type().equals("gap"))
        .toList();
  }

  private static long millis(JournalItem.Event gap, String key) {
    return gap.attributes().get(key) instanceof Value.Int number ? number.value() : -1;
  }

  @Test
  void aLongSilenceIsOneGapWhenItEnds() {
    LineRig rig = new LineRig("lamp", "other");
    rig.runFor(Duration.ofSeconds(10));
    rig.fake.silent.add("lamp");
    rig.runFor(Duration.ofMinutes(10));
    assertThat(gaps(rig)).isEmpty();
    rig.clock.setWall(rig.clock.instant().plus(Duration.ofHours(5)));
    rig.fake.silent.clear();
    rig.runFor(Duration.ofMinutes(2));
    assertThat(gaps(rig)).hasSize(1);
    JournalItem.Event gap = gaps(rig).get(0);
    assertThat(gap.lane()).isEqualTo(Lane.ALARM);
    assertThat(gap.attributes())
        .containsEntry("cause", new Value.Text("device-silent"))
        .containsEntry("device", new Value.Text("lamp"));
    assertThat(Duration.ofMillis(millis(gap, "until") - millis(gap, "since")))
        .as("a clock that was set meanwhile makes it no longer")
        .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(12));
    assertThat(millis(gap, "polls")).isBetween(300L, 360L);
  }

  @Test
  void aShortSilenceIsNone() {
    LineRig rig = new LineRig("lamp");
    rig.runFor(Duration.ofSeconds(10));
    rig.fake.silent.add("lamp");
    rig.runFor(Duration.ofSeconds(3));
    rig.fake.silent.clear();
    rig.runFor(Duration.ofMinutes(2));
    assertThat(gaps(rig)).isEmpty();
  }

  @Test
  void aBusThatWasDownIsAGapOfEachOfItsDevices() {
    LineRig rig = new LineRig("one", "two");
    rig.runFor(Duration.ofSeconds(10));
    rig.fake.down = true;
    rig.runFor(Duration.ofMinutes(5));
    rig.fake.down = false;
    rig.runFor(Duration.ofMinutes(2));
    assertThat(gaps(rig))
        .extracting(gap -> gap.attributes().get("device"))
        .containsExactlyInAnyOrder(new Value.Text("one"), new Value.Text("two"));
  }

  @Test
  void aDeviceThatWasNeverHeardHasNoGap() {
    LineRig rig = new LineRig("lamp");
    rig.fake.silent.add("lamp");
    rig.runFor(Duration.ofMinutes(5));
    rig.fake.silent.clear();
    rig.runFor(Duration.ofMinutes(2));
    assertThat(gaps(rig)).isEmpty();
  }

  @Test
  void withoutATrustedClockOnlyTheLengthIsKnown() {
    LineRig rig = new LineRig("lamp");
    rig.runFor(Duration.ofSeconds(10));
    rig.trust.trust(false);
    rig.fake.silent.add("lamp");
    rig.runFor(Duration.ofMinutes(10));
    rig.fake.silent.clear();
    rig.runFor(Duration.ofMinutes(2));
    assertThat(gaps(rig).get(0).attributes())
        .containsOnlyKeys("cause", "device", "seconds", "polls");
  }
}
