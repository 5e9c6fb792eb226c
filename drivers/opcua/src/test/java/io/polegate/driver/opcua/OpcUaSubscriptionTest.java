package io.polegate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server reports between polls. */
class OpcUaSubscriptionTest {
  private static MiloServer.Identity identity;
  private final List<Sample> reports = new CopyOnWriteArrayList<>();
  private int port;
  private MiloServer server;
  private Cable cable;
  private OpcUaDriver driver;

  @BeforeAll
  static void makeCertificate() throws Exception {
    identity = MiloServer.Identity.of("127.0.0.1", Period.ofYears(1));
  }

  @BeforeEach
  void start() throws Exception {
    port = Ports.free();
    server = new MiloServer(port, identity, List.of("urn:lamp"));
    cable = new Cable(port);
    driver = Pole.driver(cable.entrance(), Optional.empty());
    driver.open();
  }

  @AfterEach
  void stop() throws Exception {
    driver.close();
    cable.close();
    server.close();
  }

  @Test
  void changesAreReported() throws Exception {
    subscribe(Pole.point(driver, "s=Double", "real"));
    awaitReport(new Value.Real(0.1));
    server.namespace("urn:lamp").set("Double", 0.2);
    awaitReport(new Value.Real(0.2));
  }

  @Test
  void onlyWhatLeavesTheDeadbandIsReported() throws Exception {
    subscribe(Pole.point(driver, "s=Double", "real", "deadband", "1", "sampling", "20ms"));
    awaitReport(new Value.Real(0.1));
    for (double value : List.of(0.5, 1.0, 0.0, 1.05)) {
      server.namespace("urn:lamp").set("Double", value);
      int reads = server.namespace("urn:lamp").reads();
      Await.until("two samples", () -> server.namespace("urn:lamp").reads() > reads + 1);
    }
    server.namespace("urn:lamp").set("Double", 5.0);
    awaitReport(new Value.Real(5));
    assertThat(reports).hasSize(2);
  }

  @Test
  void theServerKeepsFastChangesInItsQueue() throws Exception {
    try (OpcUaDriver slow = Pole.driver(port, Optional.empty(), "publishing", "1s")) {
      slow.open();
      slow.subscribe(
          List.of(Pole.point(slow, "s=Int32", "integer", "sampling", "20ms", "queue", "3")),
          (point, sample) -> reports.add(sample));
      awaitReport(new Value.Int(-70_000));
      for (int value = 1; value <= 6; value++) {
        server.namespace("urn:lamp").set("Int32", value);
        int reads = server.namespace("urn:lamp").reads();
        Await.until("two samples", () -> server.namespace("urn:lamp").reads() > reads + 1);
      }
      awaitReport(new Value.Int(6));
      assertThat(reports).contains(Sample.good(new Value.Int(5)), Sample.good(new Value.Int(6)));
    }
  }

  @Test
  void whatCannotReportIsLeftToPolling() throws Exception {
    subscribe(
        Pole.point(driver, "s=Nowhere", "real"),
        Pole.point(driver, "nsu=urn:nowhere;s=Level", "real"),
        Pole.point(driver, "s=Level", "integer", "subscribe", "false"),
        Pole.point(driver, "s=Double", "real"));
    awaitReport(new Value.Real(0.1));
    assertThat(reports)
        .allMatch(
            sample ->
                sample.equals(Sample.good(new Value.Real(0.1)))
                    || (sample instanceof Sample.Bad bad
                        && bad.reason() == BadReason.DEVICE_REFUSED));
  }

  @Test
  void aSecondSubscriptionReplacesTheFirst() throws Exception {
    subscribe(Pole.point(driver, "s=Double", "real"));
    awaitReport(new Value.Real(0.1));
    subscribe(Pole.point(driver, "s=Level", "integer"));
    awaitReport(Pole.fifty());
    assertThat(server.subscriptions()).isEqualTo(1);
  }

  @Test
  void nothingIsReportedAfterClose() throws Exception {
    subscribe(Pole.point(driver, "s=Double", "real"));
    awaitReport(new Value.Real(0.1));
    driver.close();
    reports.clear();
    server.namespace("urn:lamp").set("Double", 0.3);
    Await.until("no subscription", () -> server.subscriptions() == 0);
    assertThat(reports).isEmpty();
  }

  @Test
  void aCutCableCostsNeitherTheSessionNorAChange() throws Exception {
    subscribe(Pole.point(driver, "s=Double", "real"));
    awaitReport(new Value.Real(0.1));
    int before = cable.connections();
    cable.cut();
    server.namespace("urn:lamp").set("Double", 0.4);
    Await.until("a new connection", () -> cable.connections() > before);
    assertThat(Pole.level(driver)).isEqualTo(Sample.good(Pole.fifty()));
    awaitReport(new Value.Real(0.4));
    assertThat(server.sessions()).isEqualTo(1);
    assertThat(server.subscriptions()).isEqualTo(1);
  }

  @Test
  void whatChangesWhileTheCableIsOutArrivesWhenItIsBack() throws Exception {
    subscribe(Pole.point(driver, "s=Int32", "integer", "sampling", "20ms"));
    awaitReport(new Value.Int(-70_000));
    List<String> before = server.sessionIds();
    cable.tearOut();
    LampNamespace lamp = server.namespace("urn:lamp");
    for (int value = 1; value <= 5; value++) {
      lamp.set("Int32", value);
      int reads = lamp.reads();
      Await.until("two samples", () -> lamp.reads() > reads + 1);
    }
    cable.plugIn();
    awaitReport(new Value.Int(5));
    assertThat(reports)
        .containsExactly(
            Sample.good(new Value.Int(-70_000)),
            Sample.good(new Value.Int(1)),
            Sample.good(new Value.Int(2)),
            Sample.good(new Value.Int(3)),
            Sample.good(new Value.Int(4)),
            Sample.good(new Value.Int(5)));
    assertThat(Pole.level(driver)).isEqualTo(Sample.good(Pole.fifty()));
    assertThat(server.sessionIds()).isEqualTo(before);
  }

  @Test
  void aSubscriptionThatNoNewSessionMayTakeIsMadeAnewByTheNextPoll() throws Exception {
    subscribe(Pole.point(driver, "s=Double", "real"));
    awaitReport(new Value.Real(0.1));
    server.forgetSessionsOnly(); // Part 4, 5.14.7: no transfer for the anonymous without security
    Await.until(
        "the poll that fails",
        () -> {
          try {
            return !(Pole.level(driver) instanceof Sample.Good);
          } catch (EndpointDownException e) {
            return true;
          }
        });
    Await.until("the server again", this::readsAgain);
    reports.clear();
    server.namespace("urn:lamp").set("Double", 0.5);
    awaitReport(new Value.Real(0.5));
    assertThat(server.sessions()).isEqualTo(1);
  }

  @Test
  void closingWhileTheServerHangsIsQuiet() throws Exception {
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> uncaught.add(error));
    try {
      subscribe(Pole.point(driver, "s=Double", "real"));
      awaitReport(new Value.Real(0.1));
      cable.hang();
      driver.close();
      Await.until("no thread of the driver", OpcUaSubscriptionTest::noThreads);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(usual);
    }
    assertThat(uncaught).isEmpty();
  }

  private static boolean noThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("opcua-"));
  }

  @Test
  void aSessionThatTheServerForgotIsReplacedWithItsSubscription() throws Exception {
    subscribe(Pole.point(driver, "s=Double", "real"));
    awaitReport(new Value.Real(0.1));
    server.forgetSessions();
    Await.until("the server again", this::readsAgain);
    server.namespace("urn:lamp").set("Double", 0.5);
    awaitReport(new Value.Real(0.5));
    assertThat(server.sessions()).isEqualTo(1);
    assertThat(server.subscriptions()).isEqualTo(1);
  }

  @Test
  void aRestartedServerReportsAgain() throws Exception {
    Point level = Pole.point(driver, "s=Double", "real");
    subscribe(level);
    awaitReport(new Value.Real(0.1));
    server.close();
    server = new MiloServer(port, identity, List.of("urn:lamp"));
    reports.clear();
    Await.until("the server again", this::readsAgain);
    server.namespace("urn:lamp").set("Double", 0.6);
    awaitReport(new Value.Real(0.6));
  }

  /** What the core does with a bus: open and subscribe anew when it is down. */
  private boolean readsAgain() throws Exception {
    try {
      return Pole.level(driver) instanceof Sample.Good;
    } catch (EndpointDownException e) {
      try {
        driver.open();
        subscribe(Pole.point(driver, "s=Double", "real"));
      } catch (EndpointDownException still) {
        return false;
      }
      return false;
    }
  }

  private void subscribe(Point... points) throws Exception {
    driver.subscribe(List.of(points), (point, sample) -> reports.add(sample));
  }

  private void awaitReport(Value value) {
    Await.until("a report of " + value, () -> reports.contains(Sample.good(value)));
  }
}
