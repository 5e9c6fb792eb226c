package io.polegate.console;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that waits for something on a bus. Whoever comes first answers it: the result or the
 * time-out. Thread-safe.
 */
final class WaitingAnswer<T> implements AsyncListener {
  private static final Logger log = LoggerFactory.getLogger(WaitingAnswer.class);

  private final Exchange exchange;
  private final Form<T> form;
  private final Runnable release;
  private final AsyncContext async;
  private final AtomicBoolean answered = new AtomicBoolean();

  /**
   * How it is answered.
   *
   * @param late when it takes too long
   * @param failed when it failed
   */
  record Form<T>(
      Function<T, JsonText.Content> result, Problem late, Function<Throwable, Problem> failed) {}

  private WaitingAnswer(Exchange exchange, Form<T> form, Duration longestWait, Runnable release) {
    this.exchange = exchange;
    this.form = form;
    this.release = release;
    this.async = exchange.request().startAsync();
    async.setTimeout(longestWait.toMillis());
    async.addListener(this);
  }

  /**
   * Starts something and lets the request wait for it.
   *
   * @param release is run once, when the request is over or nothing was started
   */
  static <T> void await(
      Exchange exchange,
      Supplier<CompletionStage<T>> start,
      Form<T> form,
      Duration longestWait,
      Runnable release) {
    CompletionStage<T> started;
    try {
      started = start.get();
    } catch (RuntimeException e) {
      release.run();
      throw e;
    }
    started.whenComplete(new WaitingAnswer<>(exchange, form, longestWait, release)::ended);
  }

  /** It ended; called on a thread of the core, which must not wait for a browser. */
  private void ended(@Nullable T result, @Nullable Throwable failure) {
    if (answered.compareAndSet(false, true)) {
      async.start(() -> answer(result, failure));
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    if (answered.compareAndSet(false, true)) {
      finish(() -> form.late().writeTo(exchange.response()));
    }
  }

  @Override
  public void onError(AsyncEvent event) {
    if (answered.compareAndSet(false, true)) {
      async.complete();
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    release.run();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // started once, in the constructor
  }

  private void answer(@Nullable T result, @Nullable Throwable failure) {
    if (result != null) {
      finish(() -> exchange.sendJson(JsonText.of(form.result().apply(result))));
    } else {
      Throwable why = failure == null ? new IllegalStateException("no result") : failure;
      finish(() -> form.failed().apply(why).writeTo(exchange.response()));
    }
  }

  private void finish(Answer answer) {
    try {
      answer.send();
    } catch (IOException e) {
      log.debug("the caller went away", e);
    } finally {
      async.complete();
    }
  }

  private interface Answer {
    void send() throws IOException;
  }
}
