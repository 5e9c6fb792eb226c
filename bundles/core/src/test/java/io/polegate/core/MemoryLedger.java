package io.polegate.core;

import io.polegate.api.command.CommandResult;
import io.polegate.api.journal.CommandLedger;
import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Ledger and journal in memory; it survives "restarts" of the desk by being given to the next one.
 */
final class MemoryLedger implements CommandLedger, JournalWriter {
  final Map<String, Optional<CommandResult>> known = new LinkedHashMap<>();
  final List<JournalItem> items = new ArrayList<>();
  boolean full;
  boolean broken;

  @Override
  public synchronized Optional<Remembered> begin(String id, Instant forgetAfter)
      throws JournalException {
    if (broken) {
      throw new IllegalStateException("bug");
    }
    if (full) {
      throw new JournalException("disk full", new IOException("no space left"));
    }
    Optional<CommandResult> before = known.get(id);
    if (before != null) {
      return Optional.of(new Remembered(id, before));
    }
    known.put(id, Optional.empty());
    return Optional.empty();
  }

  @Override
  public synchronized void finish(CommandResult result) {
    known.put(result.id(), Optional.of(result));
    items.add(new JournalItem.Result(result));
  }

  @Override
  public synchronized List<String> unfinished() {
    return known.entrySet().stream()
        .filter(e -> e.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public synchronized void append(JournalItem item) {
    items.add(item);
  }

  @Override
  public CompletionStage<Long> appendDurably(JournalItem item) {
    append(item);
    return CompletableFuture.completedFuture((long) items.size());
  }
}
