package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.journal.Lane;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreTest {
  private final Path file;
  private final HandClock clock = new HandClock();

  StoreTest(@TempDir Path folder) throws Exception {
    file = folder.resolve("journal.db");
    DatabaseFile.create(file);
  }

  @Test
  void knowsABatchThatIsOnDiskAlthoughItsCommitWasSaidToHaveFailed() throws Exception {
    Waiting item = Waiting.plain(Items.reading(1), 0);
    item.number(7);
    Batch batch = new Batch(List.of(item), List.of(), List.of());
    try (Store store = store()) {
      assertThat(store.holds(batch)).isFalse();
      store.commit(batch);
    }
    try (Store store = store()) {
      assertThat(store.holds(batch)).isTrue();
    }
  }

  @Test
  void aLossAboveWhatIsOnDiskDoesNotMakeABatchLookStored() throws Exception {
    Waiting item = Waiting.plain(Items.alarm(1), 0);
    item.number(7);
    Lost lost = Lost.of(8, 90, 83, Lane.TELEMETRY, Lost.OVERFLOW);
    Batch batch = new Batch(List.of(item), List.of(), List.of());
    try (Store store = store()) {
      store.commit(new Batch(List.of(), List.of(lost), List.of()));

      assertThat(store.last()).isEqualTo(90);
      assertThat(store.holds(batch)).isFalse();
    }
  }

  @Test
  void theLedgerForgetsWhatCouldBeForgottenSoonestWhenItIsFull() throws Exception {
    Instant later = clock.instant().plusSeconds(1000);
    try (Connection connection = DatabaseFile.writer(file)) {
      Ledger ledger = new Ledger(connection, clock, () -> 1_000_000);
      Sql.run(connection, "begin");
      for (int i = 0; i < 5000; i++) {
        ledger.begin("begun-" + i, later.plusSeconds(i));
        ledger.finish(Items.result("never-begun-" + i));
      }
      Sql.run(connection, "commit");

      assertThat(Sql.number(connection, "pragma page_count") * DatabaseFile.PAGE_BYTES)
          .isLessThan(400_000);
      assertThat(ledger.begin("begun-0", later)).isEmpty();
      assertThat(ledger.begin("new", later)).isEmpty();
      assertThat(ledger.begin("new", later)).isPresent();
    }
  }

  private Store store() throws Exception {
    Cursors cursors = new Cursors(clock.monotonic());
    return new Store(
        file,
        1,
        new Store.Surroundings(
            cursors, new HandPoleClock(clock), clock.monotonic(), () -> 1_000_000, Set.of()));
  }
}
