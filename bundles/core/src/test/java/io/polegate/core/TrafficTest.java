package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.driver.FrameTrace.Kind;
import io.polegate.api.live.Traffic;
import io.polegate.api.tools.TracedFrame;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What went over the wire: counters of each device and the rolling trace. */
final class TrafficTest {
  private final HandClock clock = new HandClock();
  private final WorkRig rig = new WorkRig(clock);

  @Test
  void aDriverWithoutFramesCountsAnswersAndTimeouts() {
    FakeLine fake = new FakeLine(clock);
    rig.with("line", fake, Specs.device("line", "a"), Specs.device("line", "dead"));
    fake.silent.add("dead");
    rig.runFor(Duration.ofSeconds(9));
    assertThat(rig.status("a").traffic()).isEqualTo(new Traffic(5, 0, 0, 0, 0, 0));
    assertThat(rig.status("dead").traffic().answers()).isZero();
    assertThat(rig.status("dead").traffic().timeouts())
        .isEqualTo(fake.reads.stream().filter(r -> r.unit().equals("dead")).count());
    assertThat(rig.line("line").trace().frames()).isEmpty();
  }

  @Test
  void framesAreCountedForTheDeviceThatIsServed() {
    CapableLine line = new CapableLine(clock);
    rig.with("line", line, Specs.device("line", "a"), Specs.device("line", "dead"));
    line.fake.silent.add("dead");
    rig.runFor(Duration.ofSeconds(1));
    CapableLine.Opened driver = line.drivers.get(0);
    rig.line("line").trace().serve(rig.device("a"));
    for (Kind kind : Kind.values()) {
      driver.show(kind, "ff");
    }
    assertThat(rig.status("a").traffic()).isEqualTo(new Traffic(2, 0, 1, 1, 1, 1));
    assertThat(rig.status("dead").traffic()).isEqualTo(new Traffic(0, 1, 0, 0, 0, 0));
    assertThat(rig.line("line").trace().frames())
        .extracting(frame -> frame.device() + " " + frame.kind())
        .startsWith("a SENT", "a ANSWER", "dead SENT", "a SENT")
        .endsWith("a FOREIGN");
  }

  @Test
  void aLineThatBabblesFillsNoMemory() {
    CapableLine line = new CapableLine(clock);
    rig.with("line", line, Specs.device("line", "a"));
    CapableLine.Opened driver = line.drivers.get(0);
    for (int i = 0; i < 10_000; i++) {
      driver.show(Kind.CORRUPT, "00");
    }
    assertThat(rig.line("line").trace().frames()).hasSize(BusTrace.MOST_FRAMES);
    for (int i = 0; i < 1_000; i++) {
      driver.show(Kind.CORRUPT, "ab".repeat(100_000));
    }
    List<TracedFrame> frames = rig.line("line").trace().frames();
    assertThat(frames).allMatch(f -> f.frame().size() <= BusTrace.MOST_BYTES_OF_A_FRAME);
    assertThat(frames.stream().mapToInt(f -> f.frame().size()).sum())
        .isBetween(BusTrace.MOST_BYTES / 2, BusTrace.MOST_BYTES);
  }
}
