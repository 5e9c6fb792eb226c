package io.polegate.cloud;

import io.polegate.api.config.Configuration;
import io.polegate.api.config.Configuration.Answer;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.journal.Lane;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what platforms want of the document to the gateway, on a thread of its own: a change may
 * stop the very uplink that brought it. What comes of it goes up as events. Thread-safe.
 */
final class ConfigurationRequests implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationRequests.class);
  private static final int MOST_WAITING = 8;
  private static final int MALFORMED_A_MINUTE = 10;

  private final Supplier<Optional<Configuration>> configuration;
  private final JournalWriter journal;
  private final Supplier<SampleTime> now;
  private final LongSupplier nanos;
  private final Map<String, Budget> nameless = new ConcurrentHashMap<>();
  private final Map<String, Budget> malformed = new ConcurrentHashMap<>();
  private final ExecutorService thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          work -> new Thread(work, "configuration-requests"));

  ConfigurationRequests(
      Supplier<Optional<Configuration>> configuration,
      JournalWriter journal,
      Supplier<SampleTime> now,
      LongSupplier nanos) {
    this.configuration = configuration;
    this.journal = journal;
    this.now = now;
    this.nanos = nanos;
  }

  /** Takes a message; never blocks. */
  void arrived(String connection, MqttMessage message) {
    if (message.isRetained()) {
      refused(connection, "a retained request never acts: publish it without retain");
      return;
    }
    try {
      thread.execute(() -> work(connection, message.getPayload()));
    } catch (RejectedExecutionException e) {
      LOG.debug("too many requests from \"{}\"", connection, e);
      refused(connection, "too many requests wait: send it again later");
    }
  }

  /** Takes no more; what is under way goes on. */
  @Override
  public void close() {
    thread.shutdown();
  }

  private void work(String connection, byte[] payload) {
    ConfigurationParser.Parsed parsed = ConfigurationParser.parse(payload);
    Optional<Configuration> service = configuration.get();
    if (parsed instanceof ConfigurationParser.Parsed.Malformed unread) {
      malformed(connection, unread.id(), "the request " + unread.problem());
    } else if (service.isEmpty()) {
      refused(connection, "the gateway is just starting or stopping: send it again later");
    } else if (parsed instanceof ConfigurationParser.Parsed.Valid valid) {
      try {
        carryOut(connection, valid.request(), service.get());
      } catch (RuntimeException e) {
        LOG.error("a request of \"{}\" for the document broke", connection, e);
        refused(connection, valid.request().id(), "an error inside the gateway");
      }
    }
  }

  private void carryOut(String connection, ConfigurationRequest request, Configuration service) {
    if (request instanceof ConfigurationRequest.Change change) {
      unchanged(connection, request, service.change(change.by(connection)));
    } else if (request instanceof ConfigurationRequest.RollBack back) {
      unchanged(connection, request, service.rollBack(back.version(), back.by(connection)));
    } else if (request instanceof ConfigurationRequest.Verdict verdict) {
      String author = ConfigurationRequest.author(connection, verdict.author());
      boolean found =
          verdict.keep()
              ? service.confirm(verdict.id(), author)
              : service.reject(verdict.id(), author);
      if (!found) {
        refused(connection, verdict.id(), "no such change is on trial");
      }
    }
  }

  /** Everything else is told by the configuration itself. */
  private void unchanged(String connection, ConfigurationRequest request, Answer answer) {
    if (answer instanceof Answer.Unchanged same) {
      event(
          Lane.STATE,
          "configuration-unchanged",
          Map.of(
              "change", new Value.Text(request.id()),
              "connection", new Value.Text(connection),
              "sha256", new Value.Text(same.version().sha256())));
    }
  }

  private void refused(String connection, String id, String why) {
    event(
        Lane.STATE,
        "configuration-refused",
        Map.of(
            "change", new Value.Text(id),
            "connection", new Value.Text(connection),
            "why", new Value.Text(why)));
  }

  private void malformed(String connection, String id, String why) {
    if (id.isEmpty()) {
      refused(connection, why);
      return;
    }
    tell(budget(malformed, connection, MALFORMED_A_MINUTE), connection, Optional.of(id), why);
  }

  /** Nobody waits for this one. */
  private void refused(String connection, String why) {
    tell(budget(nameless, connection, 1), connection, Optional.empty(), why);
  }

  private Budget budget(Map<String, Budget> budgets, String connection, int most) {
    return budgets.computeIfAbsent(connection, key -> new Budget(most, nanos));
  }

  /** A flood must not fill the journal. */
  private void tell(Budget budget, String connection, Optional<String> id, String why) {
    long untold = budget.untold();
    if (!budget.take()) {
      return;
    }
    Map<String, Value> attributes = new HashMap<>();
    attributes.put("connection", new Value.Text(connection));
    attributes.put("why", new Value.Text(why));
    attributes.put("suppressed", new Value.Int(untold));
    id.ifPresent(change -> attributes.put("change", new Value.Text(change)));
    event(Lane.STATE, "configuration-refused", attributes);
  }

  private void event(Lane lane, String type, Map<String, Value> attributes) {
    journal.append(new JournalItem.Event(lane, now.get(), type, attributes));
  }
}
