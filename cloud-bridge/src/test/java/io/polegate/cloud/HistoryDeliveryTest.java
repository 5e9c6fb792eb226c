package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.Lane;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A backlog on its way, at a pace, by a clock that moves by hand. */
final class HistoryDeliveryTest {
  private final HandClock clock = new HandClock();
  private final InMemoryJournal journal = new InMemoryJournal();
  private final JournalReader.Cursor cursor = journal.cursor("city");
  private final AtomicLong commits = new AtomicLong();
  private final FakePublisher broker = new FakePublisher();
  private final CountingConversation talk = new CountingConversation();

  private Delivery delivery(int readingsPerSecond, Duration spread, long historyEnd) {
    HistoryPace pace =
        new HistoryPace(
            new DeliveryOptions(200, 16, Optional.empty(), readingsPerSecond, spread),
            clock.monotonic(),
            () -> 1);
    pace.began();
    return new Delivery(
        cursor,
        talk,
        broker,
        commits::get,
        clock.monotonic(),
        () -> {},
        new Pacing(200, 16),
        new History(historyEnd, pace),
        new Backlog(cursor, clock.monotonic()));
  }

  private void goOn(Delivery delivery, Duration time) throws Exception {
    for (int i = 0; i < time.toMillis() / 50; i++) {
      while (delivery.sendNext()) {
        delivery.settle();
      }
      clock.advance(Duration.ofMillis(50));
    }
  }

  @Test
  void historyGoesAtItsPaceAndThePresentBehindItAtOnce() throws Exception {
    journal.appendReadings(1000);
    Delivery delivery = delivery(100, Duration.ZERO, 1000);
    journal.appendReadings(5000);
    goOn(delivery, Duration.ofSeconds(5));
    assertThat(talk.of(Lane.TELEMETRY)).isBetween(450L, 500L);
    goOn(delivery, Duration.ofSeconds(6));
    assertThat(talk.of(Lane.TELEMETRY)).isEqualTo(6000);
  }

  @Test
  void alarmsAndStatesDoNotWaitForTheSpread() throws Exception {
    journal.appendReadings(1000);
    journal.append(InMemoryJournal.event(Lane.STATE, "device-offline"));
    journal.append(InMemoryJournal.event(Lane.ALARM, "tilt"));
    Delivery delivery = delivery(0, Duration.ofMinutes(10), 1002);
    goOn(delivery, Duration.ofSeconds(1));
    assertThat(talk.of(Lane.ALARM)).isEqualTo(1);
    assertThat(talk.of(Lane.STATE)).isEqualTo(1);
    assertThat(talk.of(Lane.TELEMETRY)).isZero();
    assertThat(delivery.restNanos()).isBetween(1L, Duration.ofMinutes(10).toNanos());
    clock.advance(Duration.ofMinutes(10));
    goOn(delivery, Duration.ofSeconds(1));
    assertThat(talk.of(Lane.TELEMETRY)).isEqualTo(1000);
  }

  @Test
  void withoutHistoryThereIsNothingToSpread() throws Exception {
    journal.append(InMemoryJournal.event(Lane.STATE, "gateway-started"));
    Delivery delivery = delivery(1, Duration.ofMinutes(10), 1);
    journal.appendReadings(1000);
    goOn(delivery, Duration.ofMillis(50));
    assertThat(talk.of(Lane.TELEMETRY)).isEqualTo(1000);
  }
}
