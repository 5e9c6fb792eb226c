package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.PointSpec.ReportSpec;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.PushSource;
import io.polegate.api.driver.Sample;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.api.time.PoleClock;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sources that report by themselves. */
final class PushTest {
  private final HandClock clock = new HandClock();
  private final CapableLine source = new CapableLine(clock);
  private final WorkRig rig = new WorkRig(clock);

  private CapableLine.Opened start() {
    source.fake.registers.put("door/level", new Value.Int(0));
    source.fake.registers.put("door/other", new Value.Int(0));
    rig.with(
        "gpio",
        source,
        Specs.device(
            "gpio",
            "door",
            Duration.ofSeconds(30),
            Specs.point(
                "level",
                Access.READ_WRITE,
                new ReportSpec(0, Duration.ofHours(1), Optional.of(Lane.ALARM)),
                Optional.empty()),
            Specs.point("other", Access.READ, Optional.empty())));
    rig.runFor(Duration.ofSeconds(1));
    rig.journal.clear();
    return source.drivers.get(0);
  }

  private static Sample raw(long value) {
    return Sample.good(new Value.Int(value));
  }

  private static Value unit(double value) {
    return new Value.Real(value);
  }

  @Test
  void whatIsReportedPassesThePipelineInOrder() {
    CapableLine.Opened driver = start();
    assertThat(driver.subscribed).hasSize(2);
    Point level = driver.subscribed.get(0);
    driver.push(level, raw(10));
    driver.push(level, raw(0));
    driver.push(level, raw(30));
    rig.work().step();
    assertThat(rig.values("level")).containsExactly(unit(1), unit(0), unit(3));
  }

  @Test
  void eachChangeOfAGoodValueIsAnEventInItsLane() {
    CapableLine.Opened driver = start();
    Point level = driver.subscribed.get(0);
    driver.push(level, raw(10));
    driver.push(level, raw(10));
    driver.push(level, Sample.bad(BadReason.SENSOR_FAULT, "cut"));
    driver.push(level, raw(10));
    driver.push(level, raw(0));
    rig.work().step();
    List<JournalItem.Event> events = rig.journalled(JournalItem.Event.class);
    assertThat(events).extracting(JournalItem.Event::type).containsOnly("point-changed").hasSize(2);
    assertThat(events.get(0).lane()).isEqualTo(Lane.ALARM);
    assertThat(events.get(0).attributes())
        .isEqualTo(
            Map.of(
                "device",
                new Value.Text("door"),
                "point",
                new Value.Text("level"),
                "value",
                unit(1),
                "previous",
                unit(0)));
    assertThat(events.get(1).attributes()).containsEntry("value", unit(0));
  }

  @Test
  void pointsUnderSubscriptionArePolledAllTheSame() {
    start();
    source.fake.reads.clear();
    rig.runFor(Duration.ofMinutes(5));
    assertThat(source.fake.reads).hasSize(10);
  }

  @Test
  void whatWasReportedBeforeTheEndCountsAndNothingAfterIt() {
    CapableLine.Opened driver = start();
    Point level = driver.subscribed.get(0);
    driver.push(level, raw(10));
    source.fake.breaksOnRead = true;
    rig.runFor(Duration.ofSeconds(30));
    assertThat(rig.line("gpio").isOpen()).isFalse();
    driver.push(level, raw(20));
    rig.runFor(Duration.ofMillis(10));
    assertThat(rig.values("level")).containsExactly(unit(1));
  }

  @Test
  void theListenerOfAnEarlierOpeningIsDeaf() {
    CapableLine.Opened driver = start();
    Point level = driver.subscribed.get(0);
    PushSource.Listener stale = Objects.requireNonNull(driver.pushTo);
    source.fake.breaksOnRead = true;
    rig.runFor(Duration.ofSeconds(30));
    source.fake.breaksOnRead = false;
    rig.runFor(Duration.ofMinutes(3));
    assertThat(rig.line("gpio").isOpen()).isTrue();
    rig.journal.clear();
    stale.sampled(level, raw(70));
    driver.push(level, raw(80));
    rig.work().step();
    assertThat(rig.values("level")).containsExactly(unit(8));
  }

  @Test
  void aFloodOfOnePointIsBoundedAndLeavesTheLastWordOfOthers() {
    CapableLine.Opened driver = start();
    Point level = driver.subscribed.get(0);
    Point other = driver.subscribed.get(1);
    driver.push(other, raw(70));
    IntStream.rangeClosed(1, 100_000).forEach(i -> driver.push(level, raw(i)));
    rig.work().step();
    assertThat(rig.values("other")).containsExactly(unit(7));
    assertThat(rig.values("level")).hasSize(PushQueue.MOST_WAITING - 1).endsWith(unit(10_000));
  }

  @Test
  void strangePointsAndNothingAtAllHarmNobody() {
    CapableLine.Opened driver = start();
    driver.push(new FakeLine.FakePoint("x", "y", ValueType.REAL), raw(1));
    Point level = driver.subscribed.get(0);
    driver.push(level, raw(10));
    rig.work().step();
    assertThat(rig.values("level")).containsExactly(unit(1));
  }

  @Test
  void aSourceThatCannotBeSubscribedIsDown() {
    CapableLine.Opened driver = start();
    driver.subscribeFails = new IllegalStateException("bug");
    source.fake.breaksOnRead = true;
    rig.runFor(Duration.ofSeconds(40));
    assertThat(rig.work().status(rig.line("gpio")).message()).isEqualTo("the driver failed: bug");
  }

  @Test
  void aReportWakesTheThreadOfTheBus() {
    List<JournalItem> journal = Collections.synchronizedList(new ArrayList<>());
    PoleClock trust = new HandPoleClock(clock);
    EventLog events = new EventLog(item -> {}, trust);
    BusBuilder builder = new BusBuilder(journal::add, trust, events, clock.monotonic(), () -> 0.5);
    Buses buses = new Buses(builder, clock.monotonic());
    buses.add(source);
    BusSpec bus = Specs.bus("one", "capable", Map.of("port", "p"));
    buses.apply(Specs.pole(List.of(bus), Specs.device("one", "door")));
    Await.until("it is subscribed", () -> buses.busStatus().get(0).open());
    Await.until("it sleeps", () -> source.fake.reads.size() == 1);
    CapableLine.Opened driver = source.drivers.get(0);
    driver.push(driver.subscribed.get(0), raw(550));
    Await.until(
        "it is journalled",
        () ->
            List.copyOf(journal).stream()
                .anyMatch(
                    item ->
                        item instanceof JournalItem.PointReading reading
                            && reading.reading().toString().contains("55.0")));
    buses.stop();
  }
}
