package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.Lane;
import io.polegate.api.settings.InvalidSettingException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which messages go, in which order, and what of them may be forgotten. */
final class DeliveryTest {
  private final InMemoryJournal journal = new InMemoryJournal();
  private final JournalReader.Cursor cursor = journal.cursor("city");
  private final AtomicLong commits = new AtomicLong();
  private final FakePublisher broker = new FakePublisher();
  private final Pole pole = new Pole();
  private final Delivery delivery = delivery(2, 3);

  private Delivery delivery(int batch, int window) {
    HistoryPace pace =
        new HistoryPace(new DeliveryOptions(batch, window), System::nanoTime, () -> 0);
    Backlog backlog = new Backlog(cursor, System::nanoTime);
    return new Delivery(
        cursor,
        conversation(backlog, pace),
        broker,
        commits::get,
        System::nanoTime,
        () -> {},
        new Pacing(batch, window),
        new History(0, pace),
        backlog);
  }

  private Conversation conversation(Backlog backlog, HistoryPace pace) {
    try {
      UplinkPlan plan =
          new JsonUplinkFormat()
              .plan(Pole.spec(), Pole.connection("city", "tcp://h:1"), pole.around);
      CommandQueue commands = new CommandQueue(plan.link(), pole.around);
      Conversation conversation =
          plan.conversations().of(new Situation(0, commands, backlog, pace, () -> {}));
      backlog.alarmsSent();
      conversation.step(broker);
      return conversation;
    } catch (InvalidSettingException | SessionLostException e) {
      throw new AssertionError(e);
    }
  }

  private void sendAll() throws Exception {
    while (delivery.sendNext()) {
      // goes on until the window is full or nothing is left
    }
  }

  @Test
  void acknowledgementsOutOfOrderNeverSkip() throws Exception {
    journal.appendReadings(6);
    sendAll();
    broker.acknowledge(2);
    broker.acknowledge(1);
    assertThat(delivery.settle()).isEmpty();
    assertThat(cursor.acknowledged(Lane.TELEMETRY)).isZero();
    broker.acknowledge(0);
    assertThat(delivery.settle()).containsExactly(Lane.TELEMETRY);
    assertThat(cursor.acknowledged(Lane.TELEMETRY)).isEqualTo(6);
    assertThat(delivery.inFlight()).isZero();
  }

  @Test
  void theWindowBoundsWhatIsUnderWay() throws Exception {
    journal.appendReadings(100);
    sendAll();
    assertThat(broker.topics()).hasSize(3);
    broker.acknowledge(0);
    delivery.settle();
    sendAll();
    assertThat(broker.topics()).hasSize(4);
  }

  @Test
  void anAlarmDoesNotWaitForTelemetryUnderWay() throws Exception {
    journal.appendReadings(100);
    sendAll();
    journal.append(InMemoryJournal.event(Lane.ALARM, "tilt"));
    commits.incrementAndGet();
    assertThat(delivery.sendNext()).isTrue();
    assertThat(broker.topics()).endsWith("events");
    broker.acknowledge(3);
    delivery.settle();
    assertThat(cursor.acknowledged(Lane.ALARM)).isEqualTo(101);
    assertThat(cursor.acknowledged(Lane.TELEMETRY)).isZero();
  }

  @Test
  void anEmptyLaneIsReadAgainOnlyAfterACommit() throws Exception {
    assertThat(delivery.sendNext()).isFalse();
    journal.appendReadings(1);
    assertThat(delivery.sendNext()).isFalse();
    commits.incrementAndGet();
    assertThat(delivery.sendNext()).isTrue();
  }

  @Test
  void theNextSessionBeginsAtTheCursor() throws Exception {
    journal.appendReadings(6);
    sendAll();
    broker.acknowledge(0);
    delivery.settle();
    broker.acknowledge(2);
    delivery.settle();
    Delivery next = delivery(100, 3);
    next.sendNext();
    assertThat(cursor.acknowledged(Lane.TELEMETRY)).isEqualTo(2);
    broker.acknowledge(3);
    next.settle();
    assertThat(cursor.acknowledged(Lane.TELEMETRY)).isEqualTo(6);
  }

  @Test
  void aLostSessionEndsTheDelivery() {
    journal.appendReadings(1);
    broker.gone = true;
    assertThatThrownBy(delivery::sendNext).isInstanceOf(SessionLostException.class);
  }
}
