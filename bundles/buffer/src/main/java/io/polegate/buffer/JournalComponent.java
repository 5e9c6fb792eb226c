package io.polegate.buffer;

import io.polegate.api.command.CommandResult;
import io.polegate.api.config.ConfigurationTarget;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.journal.CommandLedger;
import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalReader;
import io.polegate.api.journal.JournalStatus;
import io.polegate.api.journal.JournalWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Offers the journal in the folder {@code polegate.data} to the other bundles. Thread-safe. */
@Component(
    immediate = true,
    service = {
      JournalWriter.class,
      JournalReader.class,
      CommandLedger.class,
      ConfigurationTarget.class
    },
    property = "service.ranking:Integer=300")
public final class JournalComponent
    implements JournalWriter, JournalReader, CommandLedger, ConfigurationTarget {
  private final SqliteJournal journal;

  /** Opens the journal. */
  @Activate
  public JournalComponent(BundleContext context) {
    String folder =
        Objects.requireNonNull(
            context.getProperty("polegate.data"), "framework property polegate.data is not set");
    journal =
        new SqliteJournal(
            Path.of(folder), InstantSource.system(), System::nanoTime, JournalSpec.DEFAULT);
  }

  /** Everything is on disk afterwards. */
  @Deactivate
  public void close() {
    journal.close();
  }

  @Override
  public void apply(PoleSpec spec) {
    journal.apply(spec);
  }

  @Override
  public void append(JournalItem item) {
    journal.append(item);
  }

  @Override
  public CompletionStage<Long> appendDurably(JournalItem item) {
    return journal.appendDurably(item);
  }

  @Override
  public Cursor cursor(String connection) {
    return journal.cursor(connection);
  }

  @Override
  public Subscription onCommit(Runnable listener) {
    return journal.onCommit(listener);
  }

  @Override
  public JournalStatus status() {
    return journal.status();
  }

  @Override
  public Optional<Remembered> begin(String id, Instant forgetAfter) throws JournalException {
    return journal.begin(id, forgetAfter);
  }

  @Override
  public void finish(CommandResult result) throws JournalException {
    journal.finish(result);
  }

  @Override
  public List<String> unfinished() throws JournalException {
    return journal.unfinished();
  }
}
