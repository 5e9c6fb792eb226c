package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which messages go, in which order, and what of them may be forgotten. */
final class DeliveryTest {
  private final InMemoryJournal journal = new InMemoryJournal();
  private final JournalReader.Cursor cursor = journal.cursor("city");
  private final AtomicLong commits = new AtomicLong();
  private final List<String> topics = new ArrayList<>();
  private final List<Runnable> acknowledgements = new ArrayList<>();
  private final Delivery delivery = delivery(2, 3);

  private Delivery delivery(int batch, int window) {
    return new Delivery(
        cursor,
        new JsonEncoder("P-1", 0),
        Topics.of("P-1"),
        (topic, payload, acknowledged) -> {
          topics.add(topic.substring(topic.lastIndexOf('/') + 1));
          acknowledgements.add(acknowledged);
        },
        commits::get,
        () -> {},
        new Pacing(batch, window));
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
    acknowledgements.get(2).run();
    acknowledgements.get(1).run();
    assertThat(delivery.settle()).isFalse();
    assertThat(cursor.acknowledged(Lane.TELEMETRY)).isZero();
    acknowledgements.get(0).run();
    assertThat(delivery.settle()).isTrue();
    assertThat(cursor.acknowledged(Lane.TELEMETRY)).isEqualTo(6);
    assertThat(delivery.inFlight()).isZero();
  }

  @Test
  void theWindowBoundsWhatIsUnderWay() throws Exception {
    journal.appendReadings(100);
    sendAll();
    assertThat(topics).hasSize(3);
    acknowledgements.get(0).run();
    delivery.settle();
    sendAll();
    assertThat(topics).hasSize(4);
  }

  @Test
  void anAlarmDoesNotWaitForTelemetryUnderWay() throws Exception {
    journal.appendReadings(100);
    sendAll();
    journal.append(InMemoryJournal.event(Lane.ALARM, "tilt"));
    commits.incrementAndGet();
    assertThat(delivery.sendNext()).isTrue();
    assertThat(topics).endsWith("events");
    acknowledgements.get(3).run();
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
    acknowledgements.get(0).run();
    delivery.settle();
    acknowledgements.get(2).run();
    delivery.settle();
    topics.clear();
    Delivery next = delivery(100, 3);
    next.sendNext();
    assertThat(cursor.acknowledged(Lane.TELEMETRY)).isEqualTo(2);
    acknowledgements.get(3).run();
    next.settle();
    assertThat(cursor.acknowledged(Lane.TELEMETRY)).isEqualTo(6);
  }

  @Test
  void aLostSessionEndsTheDelivery() {
    journal.appendReadings(1);
    Delivery broken =
        new Delivery(
            cursor,
            new JsonEncoder("P-1", 0),
            Topics.of("P-1"),
            (topic, payload, acknowledged) -> {
              throw new SessionLostException("gone");
            },
            commits::get,
            () -> {},
            new Pacing(1, 1));
    assertThatThrownBy(broken::sendNext).isInstanceOf(SessionLostException.class);
  }
}
