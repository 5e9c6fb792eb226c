package io.polegate.console;

import io.polegate.api.journal.JournalException;
import io.polegate.api.journal.JournalHistory;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** What the journal still knows of points and events. Thread-safe. */
final class Past {
  private static final long DEFAULT_MILLIS = Duration.ofDays(1).toMillis();
  private static final long LATEST_MILLIS = Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();
  private static final int MOST_SLOTS = 10_000;
  private static final int MOST_EVENTS = 1000;

  /** A look back may read much of the file; the uplinks read it too. */
  private final Semaphore lookers = new Semaphore(2);

  private final Gateway gateway;
  private final JournalHistory journal;

  Past(Gateway gateway, JournalHistory journal) {
    this.gateway = gateway;
    this.journal = journal;
  }

  void history(Exchange exchange) throws IOException, RefusedException {
    String device = exchange.variables().get(0);
    String point = exchange.variables().get(1);
    HttpServletRequest request = exchange.request();
    long to = number(request, "to", gateway.now().time().toEpochMilli(), 0, LATEST_MILLIS);
    long from = number(request, "from", Math.max(0, to - DEFAULT_MILLIS), 0, LATEST_MILLIS);
    int max = (int) number(request, "max", 500, 1, MOST_SLOTS);
    if (from >= to) {
      throw new RefusedException(Problem.malformed("from must be before to"));
    }
    Instant first = Instant.ofEpochMilli(from);
    Instant end = Instant.ofEpochMilli(to);
    exchange.sendJson(
        JsonText.of(PastJson.slots(look(() -> journal.history(device, point, first, end, max)))));
  }

  void events(Exchange exchange) throws IOException, RefusedException {
    HttpServletRequest request = exchange.request();
    long before = number(request, "before", Long.MAX_VALUE, 1, Long.MAX_VALUE);
    int max = (int) number(request, "max", 100, 1, MOST_EVENTS);
    exchange.sendJson(JsonText.of(PastJson.events(look(() -> journal.events(before, max)))));
  }

  private <T> T look(Look<T> look) throws RefusedException {
    if (!lookers.tryAcquire()) {
      throw new RefusedException(Problem.busy("others are looking back too; try again"));
    }
    try {
      return look.run();
    } catch (JournalException e) {
      throw new RefusedException(Problem.busy("the journal cannot be read at the moment"), e);
    } finally {
      lookers.release();
    }
  }

  private static long number(
      HttpServletRequest request, String name, long missing, long least, long most)
      throws RefusedException {
    Optional<String> text = Optional.ofNullable(request.getParameter(name));
    if (text.isEmpty()) {
      return missing;
    }
    if (text.get().matches("\\d{1,18}")) {
      long value = Long.parseLong(text.get());
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw new RefusedException(
        Problem.malformed("%s must be a number from %d to %d".formatted(name, least, most)));
  }

  /** A question to the journal. */
  private interface Look<T> {
    T run() throws JournalException;
  }
}
