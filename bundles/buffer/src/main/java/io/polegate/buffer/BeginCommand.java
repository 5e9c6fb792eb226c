package io.polegate.buffer;

import io.polegate.api.journal.CommandLedger.Remembered;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Remembers the id of a command. */
final class BeginCommand implements Request {
  private final String id;
  private final Instant forgetAfter;
  private final CompletableFuture<Optional<Remembered>> answer;
  private Optional<Remembered> known = Optional.empty();

  BeginCommand(String id, Instant forgetAfter, CompletableFuture<Optional<Remembered>> answer) {
    this.id = id;
    this.forgetAfter = forgetAfter;
    this.answer = answer;
  }

  @Override
  public void run(Store store) throws SQLException {
    known = store.ledger().begin(id, forgetAfter);
  }

  @Override
  public void done() {
    answer.complete(known);
  }

  @Override
  public void failed(Throwable cause) {
    answer.completeExceptionally(cause);
  }
}
