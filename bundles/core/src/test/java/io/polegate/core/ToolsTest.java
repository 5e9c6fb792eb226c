package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.config.BusSpec;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Browse;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.api.time.PoleClock;
import io.polegate.api.tools.BusTools.UnknownNameException;
import io.polegate.api.tools.Scan;
import io.polegate.testkit.Await;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A technician's tools on buses in operation. */
final class ToolsTest {
  private static final Settings UNIT = new Settings(Map.of("unit", "a"));

  private final HandClock clock = new HandClock();
  private final PoleClock trust = new HandPoleClock(clock);
  private final List<JournalItem> journal = new CopyOnWriteArrayList<>();
  private final EventLog events = new EventLog(journal::add, trust);
  private final Buses buses =
      new Buses(
          new BusBuilder(item -> {}, trust, events, clock.monotonic(), () -> 0.5),
          clock.monotonic());
  private final CapableLine lines = new CapableLine(clock);
  private final FakeLine plain = new FakeLine(clock);
  private final Tools tools = new Tools(buses, events, Runnable::run);
  private final CountDownLatch probing = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @BeforeEach
  void start() {
    buses.add(lines);
    buses.add(plain);
    apply("9600");
  }

  private void apply(String baud) {
    BusSpec bus = Specs.bus("one", "capable", Map.of("port", "p", "baud", baud));
    buses.apply(
        Specs.pole(
            List.of(bus, Specs.bus("plain", "fake", Map.of())),
            Specs.device("one", "a"),
            Specs.device("plain", "b")));
    Await.until("both are open", () -> buses.busStatus().stream().allMatch(b -> b.open()));
  }

  @AfterEach
  void stop() {
    release.countDown();
    tools.stop();
    buses.stop();
  }

  private void hangInProbe() {
    lines.onProbe =
        () -> {
          probing.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        };
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static void assertFailsWith(CompletionStage<?> stage, Class<? extends Throwable> cause) {
    assertThatThrownBy(() -> get(stage))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(cause);
  }

  private Scan scanToItsEnd(Settings known) {
    Scan scan = tools.scan("capable", known).orElseThrow();
    Await.until("it ended", () -> scan.progress().state() != Scan.State.RUNNING);
    return scan;
  }

  @Test
  void aRawRequestRunsOnTheThreadOfItsBusAndIsTracedForItsDevice() throws Exception {
    assertThat(get(tools.request("one", UNIT, Bytes.ofHex("03")))).isEqualTo(Bytes.ofHex("03"));
    assertThat(journal)
        .anyMatch(
            item ->
                item instanceof JournalItem.Event event
                    && event.type().equals("raw-request")
                    && event.attributes().containsValue(new Value.Text("03")));
    assertThat(lines.events).contains("request a on bus-one");
    assertThat(tools.trace("one"))
        .filteredOn(frame -> frame.kind() == FrameTrace.Kind.EXCEPTION)
        .singleElement()
        .satisfies(frame -> assertThat(frame.device()).isEqualTo("a"));
    assertThat(buses.deviceStatus().get(0).traffic().exceptions()).isEqualTo(1);
  }

  @Test
  void aDeviceThatDoesNotAnswerAToolIsNotOfflineForThat() {
    lines.fake.silent.add("stranger");
    Settings stranger = new Settings(Map.of("unit", "stranger"));
    assertFailsWith(tools.request("one", stranger, Bytes.ofHex("03")), DeviceSilentException.class);
    assertThat(buses.busStatus().get(0).open()).isTrue();
  }

  @Test
  void whatCannotBeIsSaidInWords() {
    Bytes bytes = Bytes.ofHex("03");
    assertFailsWith(tools.request("one", Settings.NONE, bytes), InvalidSettingException.class);
    assertFailsWith(
        tools.request("plain", new Settings(Map.of("unit", "b")), bytes),
        UnsupportedOperationException.class);
    assertFailsWith(tools.browse("plain", ""), UnsupportedOperationException.class);
    assertThatThrownBy(() -> tools.trace("none"))
        .isInstanceOf(UnknownNameException.class)
        .hasMessage("there is no bus \"none\" in operation; there are: one, plain");
    assertThatThrownBy(() -> tools.scan("fake", Settings.NONE))
        .isInstanceOf(UnknownNameException.class);
    assertThat(tools.trace("plain")).isEmpty();
  }

  @Test
  void browseShowsWhatIsBelowANode() throws Exception {
    List<Browse.Node> nodes = get(tools.browse("one", "root"));
    assertThat(nodes).extracting(Browse.Node::id).containsExactly("root/a");
  }

  @Test
  void aBusThatIsDownOrStopsAnswersItsTools() throws Exception {
    hangInProbe();
    lines.candidate("p", "19200", "1");
    assertThat(tools.scan("capable", Settings.NONE)).isPresent();
    probing.await();
    List<CompletionStage<Bytes>> waiting =
        IntStream.range(0, JobQueue.MOST_WAITING)
            .mapToObj(i -> tools.request("one", UNIT, Bytes.ofHex("03")))
            .toList();
    assertFailsWith(
        tools.request("one", UNIT, Bytes.ofHex("03")), RejectedExecutionException.class);
    buses.stop();
    for (CompletionStage<Bytes> request : waiting) {
      assertFailsWith(request, EndpointDownException.class);
    }
    assertThatThrownBy(() -> tools.browse("one", "")).isInstanceOf(UnknownNameException.class);
  }

  @Test
  void aScanFindsWhatAnswersAndSharesOpenDrivers() {
    for (String baud : List.of("9600", "19200")) {
      for (String unit : List.of("1", "2", "3")) {
        lines.candidate("free", baud, unit);
      }
    }
    lines.present.addAll(List.of("free 9600 2", "free 19200 3"));
    lines.events.clear();
    Scan.Progress end = scanToItsEnd(Settings.NONE).progress();
    assertThat(end.state()).isEqualTo(Scan.State.DONE);
    assertThat(end.tried()).isEqualTo(6);
    assertThat(end.remainingAtMost()).isZero();
    assertThat(end.found())
        .extracting(found -> found.bus().texts().get("baud") + " " + found.answer())
        .containsExactly("9600 unit 2", "19200 unit 3");
    assertThat(lines.events)
        .containsExactly(
            "open free 9600 on bus-scan",
            "probe free 9600 1 on bus-scan",
            "probe free 9600 2 on bus-scan",
            "probe free 9600 3 on bus-scan",
            "close free 9600",
            "open free 19200 on bus-scan",
            "probe free 19200 1 on bus-scan",
            "probe free 19200 2 on bus-scan",
            "probe free 19200 3 on bus-scan",
            "close free 19200");
  }

  @Test
  void atTheEndpointOfABusInOperationEachProbeRunsOnItsThread() {
    lines.candidate("p", "19200", "1");
    lines.candidate("p", "9600", "2");
    lines.events.clear();
    assertThat(scanToItsEnd(Settings.NONE).progress().tried()).isEqualTo(2);
    // the bus itself has the second speed open already
    assertThat(lines.events)
        .containsExactly(
            "open p 19200 on bus-one",
            "probe p 19200 1 on bus-one",
            "close p 19200",
            "probe p 9600 2 on bus-one");
    assertThat(buses.busStatus().get(0).open()).isTrue();
  }

  @Test
  void anEndpointThatABusHasForItselfIsAskedThroughThatBus() {
    lines.shared = false;
    apply("4800");
    lines.candidate("p", "19200", "1");
    lines.events.clear();
    assertThat(scanToItsEnd(Settings.NONE).progress().state()).isEqualTo(Scan.State.DONE);
    assertThat(lines.events).containsExactly("probe p 4800 1 on bus-one");
  }

  @Test
  void anEndpointThatIsDownCostsOneOpening() {
    lines.gone.add("gone");
    for (int unit = 0; unit < 50; unit++) {
      lines.candidate("gone", unit < 25 ? "9600" : "19200", "" + unit);
    }
    lines.candidate("free", "9600", "1");
    lines.present.add("free 9600 1");
    lines.events.clear();
    Scan.Progress end = scanToItsEnd(Settings.NONE).progress();
    assertThat(end.tried()).isEqualTo(1);
    assertThat(end.found()).hasSize(1);
    assertThat(lines.events).filteredOn(event -> event.startsWith("open gone")).hasSize(1);
  }

  @Test
  void aScanThatCannotAskAnythingSaysWhy() {
    lines.gone.add("gone");
    lines.candidate("gone", "9600", "1");
    Scan.Progress end = scanToItsEnd(Settings.NONE).progress();
    assertThat(end.state()).isEqualTo(Scan.State.FAILED);
    assertThat(end.message()).isEqualTo("no port \"gone\"");
    assertThat(scanToItsEnd(new Settings(Map.of("speed", "1"))).progress().message())
        .isEqualTo("speed is not a setting here");
    lines.candidatesFail = new IllegalStateException("bug");
    assertThat(scanToItsEnd(Settings.NONE).progress().message())
        .isEqualTo("the driver failed: bug");
  }

  @Test
  void aPeerThatHangsUpIsOpenedAnew() {
    lines.candidate("free", "9600", "hangs-up");
    lines.candidate("free", "9600", "2");
    lines.present.add("free 9600 2");
    assertThat(scanToItsEnd(Settings.NONE).progress().found()).hasSize(1);
  }

  @Test
  void oneScanRunsAtATimeAndStopsAfterItsProbe() throws Exception {
    hangInProbe();
    for (int unit = 0; unit < 10; unit++) {
      lines.candidate("free", "9600", "" + unit);
    }
    Scan scan = tools.scan("capable", Settings.NONE).orElseThrow();
    probing.await();
    assertThat(tools.scan("capable", Settings.NONE)).isEmpty();
    assertThat(scan.progress().remainingAtMost()).isEqualTo(CapableLine.PROBE.multipliedBy(10));
    scan.stop();
    release.countDown();
    Await.until("it ended", () -> scan.progress().state() == Scan.State.STOPPED);
    assertThat(scan.progress().tried()).isEqualTo(1);
    assertThat(tools.lastScan()).containsSame(scan);
    assertThat(lines.events).endsWith("close free 9600");
  }
}
