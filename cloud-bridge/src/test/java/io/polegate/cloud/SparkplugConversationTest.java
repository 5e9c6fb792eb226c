package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.live.DeviceStatus;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.Test;

/** Sessions on a clock that is turned by hand, without a broker. */
final class SparkplugConversationTest {
  private static final String HOST = "spBv1.0/STATE/city";

  private final HandClock clock = new HandClock();
  private final HandPoleClock poleClock = new HandPoleClock(clock);
  private final InMemoryJournal journal = new InMemoryJournal();
  private final SparkplugLive live = new SparkplugLive(SparkplugPole.SPEC);
  private final FakeCommands commands = new FakeCommands(journal);
  private final Surroundings around =
      new Surroundings(
          journal,
          journal,
          commands,
          new ConfigurationRequests(
              Optional::empty, journal, () -> InMemoryJournal.TIME, clock.monotonic()),
          () -> Optional.of(live),
          poleClock,
          clock.monotonic(),
          Path.of(""));
  private final SparkplugUplinkFormat format = new SparkplugUplinkFormat();
  private final Recorder out = new Recorder();

  @Test
  void withoutAPrimaryHostBirthsGoAtOnce() throws Exception {
    live.state("lamp-1", DeviceStatus.State.ONLINE);
    Conversation session = session();
    assertThat(session.ready()).isFalse();
    session.begin(out);
    assertThat(out.kinds()).containsExactly("NBIRTH", "DBIRTH lamp-1", "DBIRTH siren-1");
    assertThat(readyAfterBirths(session)).isTrue();
  }

  @Test
  void sessionsAreNumberedFromZeroAndOnlyThoseThatCameAbout() throws Exception {
    assertThat(bdSeq(session().will())).isZero();
    Conversation first = session();
    assertThat(bdSeq(first.will())).isZero();
    first.begin(out);
    assertThat(Recorder.metric(out.payload("NBIRTH"), "bdSeq").getLongValue()).isZero();
    for (int i = 1; i < 600; i++) {
      out.clear();
      Conversation next = session();
      assertThat(bdSeq(next.will())).isEqualTo(i % 256);
      next.begin(out);
      assertThat(Recorder.metric(out.payload("NBIRTH"), "bdSeq").getLongValue()).isEqualTo(i % 256);
    }
  }

  @Test
  void aChangedDocumentGoesOnNumbering() throws Exception {
    session().begin(out);
    assertThat(bdSeq(session("keep-alive", "11s").will())).isEqualTo(1);
  }

  @Test
  void theWillIsTheDeathOfTheNodeAndNothingElse() throws Exception {
    Message will = session().will();
    assertThat(will.topic()).isEqualTo("spBv1.0/street/NDEATH/P-1");
    assertThat(will.qos()).isEqualTo(1);
    assertThat(will.retained()).isFalse();
    Payload payload = Recorder.payload(will.payload());
    assertThat(payload.getMetricsCount()).isEqualTo(1);
    assertThat(payload.getMetrics(0).getName()).isEqualTo("bdSeq");
    assertThat(payload.getMetrics(0).getDatatype()).isEqualTo(4);
    assertThat(payload.hasSeq()).isFalse();
  }

  @Test
  void theBrokerForgetsTheSession() throws Exception {
    assertThat(session().remembered()).isFalse();
  }

  @Test
  void commandsToNodeAndDevicesAreListenedTo() throws Exception {
    assertThat(session("primary-host", "city").inboxes().keySet())
        .containsExactlyInAnyOrder(
            "spBv1.0/street/NCMD/P-1", "spBv1.0/street/DCMD/P-1/+", "spBv1.0/STATE/city");
  }

  @Test
  void withAPrimaryHostBirthsWaitForIt() throws Exception {
    Conversation session = session("primary-host", "city");
    session.begin(out);
    clock.advance(Duration.ofHours(1));
    assertThat(session.step(out)).isFalse();
    state(session, false, 1);
    assertThat(session.step(out)).isFalse();
    assertThat(session.ready()).isFalse();
    assertThat(out.messages()).isEmpty();
    assertThat(session.waitsFor()).isEqualTo("waits for the host application \"city\"");

    state(session, true, 2);
    assertThat(session.step(out)).isTrue();
    assertThat(session.waitsFor()).isEmpty();
    assertThat(out.kinds()).containsExactly("NBIRTH", "DBIRTH siren-1");
    assertThat(readyAfterBirths(session)).isTrue();
  }

  @Test
  void anotherHostIsNotListenedTo() throws Exception {
    assertThat(session("primary-host", "city").inboxes()).doesNotContainKey("spBv1.0/STATE/other");
  }

  @Test
  void whenThePrimaryHostGoesTheNodeLeaves() throws Exception {
    Conversation session = session("primary-host", "city");
    session.begin(out);
    state(session, true, 10);
    session.step(out);
    state(session, false, 9);
    assertThat(readyAfterBirths(session)).isTrue();

    state(session, false, 10);
    assertThat(session.ready()).isFalse();
    assertThatThrownBy(() -> session.step(out))
        .isInstanceOfSatisfying(
            SessionLostException.class, e -> assertThat(e.isElsewhere()).isTrue());
    out.clear();
    session.end(out);
    assertThat(out.kinds()).containsExactly("NDEATH");
  }

  @Test
  void aBrokerWithoutThePrimaryHostIsLeftForTheNext() throws Exception {
    Conversation session = session("url", "tcp://one:1883, tcp://two:1883", "primary-host", "city");
    session.begin(out);
    clock.advance(Duration.ofMillis(4_900));
    assertThat(session.step(out)).isFalse();
    clock.advance(Duration.ofMillis(100));
    assertThatThrownBy(() -> session.step(out)).isInstanceOf(SessionLostException.class);
    session.end(out);
    assertThat(out.messages()).isEmpty();
  }

  @Test
  void aPlannedEndSaysTheDeathOfThisSession() throws Exception {
    session().begin(out);
    Conversation session = session();
    session.begin(out);
    out.clear();
    session.end(out);
    Payload death = out.payload("NDEATH");
    assertThat(death.getMetrics(0).getLongValue()).isEqualTo(1);
    assertThat(out.messages().get(0).qos()).isEqualTo(1);
    assertThat(death.hasSeq()).isFalse();
  }

  @Test
  void askedForABirthTheNodeStopsDataAndIsBornAgainWithTheSameNumber() throws Exception {
    live.state("lamp-1", DeviceStatus.State.ONLINE);
    Conversation session = session();
    session.begin(out);
    out.clear();
    clock.advance(SparkplugRebirth.GAP);
    rebirth(session, true, false);
    assertThat(session.ready()).isFalse();
    assertThat(session.step(out)).isTrue();
    assertThat(out.kinds()).containsExactly("NBIRTH", "DBIRTH lamp-1", "DBIRTH siren-1");
    assertThat(out.payload("NBIRTH").getSeq()).isZero();
    assertThat(Recorder.metric(out.payload("NBIRTH"), "bdSeq").getLongValue()).isZero();
    assertThat(readyAfterBirths(session)).isTrue();
  }

  @Test
  void aStormOfRequestsGivesOneBirthInFiveSeconds() throws Exception {
    Conversation session = session();
    session.begin(out);
    out.clear();
    for (int tenth = 0; tenth < 200; tenth++) {
      for (int i = 0; i < 10; i++) {
        rebirth(session, true, false);
      }
      session.step(out);
      assertThat(session.restNanos()).isBetween(1L, SparkplugRebirth.GAP.toNanos());
      clock.advance(Duration.ofMillis(100));
    }
    assertThat(out.payloads("NBIRTH")).hasSize(3);
  }

  @Test
  void aRetainedOrFalseRequestForABirthDoesNothing() throws Exception {
    Conversation session = session();
    session.begin(out);
    rebirth(session, true, true);
    rebirth(session, false, false);
    assertThat(readyAfterBirths(session)).isTrue();
  }

  @Test
  void aDeviceThatIsLostDiesAndIsBornWhenItIsBack() throws Exception {
    live.state("lamp-1", DeviceStatus.State.ONLINE);
    Conversation session = session();
    session.begin(out);
    out.clear();
    live.state("lamp-1", DeviceStatus.State.OFFLINE);
    look(session);
    assertThat(out.messages()).isEmpty();
    look(session);
    look(session);
    assertThat(out.kinds()).containsExactly("DDEATH lamp-1");
    Payload death = out.payload("DDEATH lamp-1");
    assertThat(death.getSeq()).isEqualTo(3);
    assertThat(death.getTimestamp()).isEqualTo(clock.instant().toEpochMilli());
    assertThat(death.getMetricsCount()).isZero();
    out.clear();
    live.state("lamp-1", DeviceStatus.State.ONLINE);
    look(session);
    assertThat(out.kinds()).containsExactly("DBIRTH lamp-1");
  }

  @Test
  void theConditionOfTheNodeIsReportedWhenItChanged() throws Exception {
    Conversation session = session();
    session.begin(out);
    out.clear();
    clock.advance(Duration.ofMinutes(1));
    assertThat(session.step(out)).isFalse();
    assertThat(out.messages()).isEmpty();
    poleClock.trust(false);
    clock.advance(Duration.ofMinutes(1));
    assertThat(session.step(out)).isTrue();
    Payload data = out.payload("NDATA");
    assertThat(data.getMetricsList())
        .extracting(Metric::getAlias)
        .containsExactly(SparkplugNodeMetric.CLOCK_TRUSTED.alias());
    assertThat(data.getMetrics(0).getBooleanValue()).isFalse();
  }

  private boolean readyAfterBirths(Conversation session) {
    assertThat(session.restNanos()).isPositive();
    clock.advance(Duration.ofMillis(250));
    return session.ready();
  }

  private void look(Conversation session) throws Exception {
    clock.advance(Duration.ofMillis(500));
    session.step(out);
  }

  private Conversation session(String... more) throws Exception {
    ConnectionSpec connection = SparkplugPole.connection("tcp://127.0.0.1:1883", more);
    UplinkPlan plan = format.plan(SparkplugPole.with(connection), connection, around);
    return plan.conversations()
        .of(
            new Situation(
                0,
                new CommandQueue(plan.link(), around),
                new Backlog(journal.cursor("city"), clock.monotonic()),
                new HistoryPace(plan.delivery(), clock.monotonic(), () -> 0),
                () -> {}));
  }

  private static long bdSeq(Message death) {
    return Recorder.payload(death.payload()).getMetrics(0).getLongValue();
  }

  private static void state(Conversation session, boolean online, long timestamp) {
    String text = "{\"online\":" + online + ",\"timestamp\":" + timestamp + "}";
    arrive(session, HOST, new MqttMessage(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void rebirth(Conversation session, boolean value, boolean retained) {
    MqttMessage message =
        new MqttMessage(
            Payload.newBuilder()
                .addMetrics(
                    Metric.newBuilder().setName("Node Control/Rebirth").setBooleanValue(value))
                .build()
                .toByteArray());
    message.setRetained(retained);
    arrive(session, "spBv1.0/street/NCMD/P-1", message);
  }

  private static void arrive(Conversation session, String topic, MqttMessage message) {
    Optional.ofNullable(session.inboxes().get(topic))
        .orElseThrow()
        .arrived(topic, message, () -> {});
  }
}
