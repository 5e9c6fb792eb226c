package io.polegate.core;

import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * One piece of work of a technician's tool, done on the thread of an endpoint, and its answer.
 * Thread-safe.
 */
final class Job<T> {
  private final Optional<BusLine> line;
  private final Task<T> task;
  private final Executor answers;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private volatile boolean begun;

  /** What is to be done; costs one time-out at most. */
  @FunctionalInterface
  interface Task<T> {
    T run() throws DriverException;
  }

  /**
   * A job.
   *
   * @param line the bus that must be open for it; empty if it brings its own driver
   * @param answers gives the answer, so that no bus does what follows upon it
   */
  Job(Optional<BusLine> line, Task<T> task, Executor answers) {
    this.line = line;
    this.task = task;
    this.answers = answers;
  }

  CompletionStage<T> answer() {
    return answer;
  }

  /** Whether it waits for this bus. */
  boolean needs(BusLine bus) {
    return line.filter(bus::equals).isPresent();
  }

  /** Whether nothing but its turn is missing. */
  boolean isReady() {
    return line.map(BusLine::isOpen).orElse(true);
  }

  /** Whether it had its turn. */
  boolean wasBegun() {
    return begun;
  }

  /** Does it and answers, whatever happens. */
  void run() {
    begun = true;
    try {
      T result = task.run();
      give(() -> answer.complete(result));
    } catch (DriverException | RuntimeException | Error e) {
      give(() -> answer.completeExceptionally(e));
    }
  }

  /** Answers that it cannot be done; does nothing if it was answered. */
  void fail(String message) {
    give(() -> answer.completeExceptionally(new EndpointDownException(message)));
  }

  private void give(Runnable given) {
    try {
      answers.execute(given);
    } catch (RejectedExecutionException e) {
      // the gateway stops: nobody else is left to give it
      given.run();
    }
  }
}
