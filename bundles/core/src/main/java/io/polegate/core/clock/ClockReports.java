package io.polegate.core.clock;

import io.polegate.api.journal.JournalWriter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Brings the clock's news into the journal, as soon as there is one. */
@Component(
    immediate = true,
    service = {})
public final class ClockReports {
  private final ClockService clock;
  private final JournalWriter journal;

  /** Joins the two. */
  @Activate
  public ClockReports(@Reference ClockService clock, @Reference JournalWriter journal) {
    this.clock = clock;
    this.journal = journal;
    clock.news().bind(journal);
  }

  @Deactivate
  void stop() {
    clock.news().unbind(journal);
  }
}
