package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the platform's word lets go. */
final class PlatformWordTest {
  private final InMemoryJournal journal = new InMemoryJournal();
  private final Backlog backlog = new Backlog(journal.cursor("city"), System::nanoTime);
  private final PlatformWord word = new PlatformWord();
  private final List<Long> gone = new ArrayList<>();

  private void send(Lane lane, long... lastSeqs) {
    for (long last : lastSeqs) {
      word.sent(lane, last, () -> gone.add(last));
    }
  }

  @Test
  void wholeMessagesGoInOrderAndOnce() {
    word.begin(backlog);
    send(Lane.TELEMETRY, 10, 20, 30);
    assertThat(word.heard(Map.of(Lane.TELEMETRY, 25L))).isEmpty();
    assertThat(word.heard(Map.of(Lane.TELEMETRY, 5L))).isEmpty();
    assertThat(word.heard(Map.of(Lane.TELEMETRY, 20L))).isEmpty();
    assertThat(gone).containsExactly(10L, 20L);
  }

  @Test
  void lanesDoNotMix() {
    word.begin(backlog);
    send(Lane.ALARM, 31);
    send(Lane.TELEMETRY, 30);
    assertThat(word.heard(Map.of(Lane.TELEMETRY, 31L))).isPresent();
    assertThat(word.heard(Map.of(Lane.ALARM, 31L, Lane.TELEMETRY, 31L))).isPresent();
    assertThat(gone).isEmpty();
  }

  @Test
  void aLateWordOfAnEarlierSessionIsNoErrorAndMovesNothingThatWasNotSentAgain() {
    word.begin(backlog);
    send(Lane.TELEMETRY, 10, 20);
    word.begin(backlog);
    assertThat(word.heard(Map.of(Lane.TELEMETRY, 20L))).isEmpty();
    assertThat(gone).isEmpty();
    send(Lane.TELEMETRY, 10);
    assertThat(word.heard(Map.of(Lane.TELEMETRY, 20L))).isEmpty();
    assertThat(gone).containsExactly(10L);
  }

  @Test
  void whatArrivedBeforeTheStartIsKnown() {
    journal.cursor("city").acknowledge(Lane.ALARM, 7);
    word.begin(backlog);
    assertThat(word.heard(Map.of(Lane.ALARM, 7L))).isEmpty();
    assertThat(word.heard(Map.of(Lane.ALARM, 8L))).isPresent();
  }
}
