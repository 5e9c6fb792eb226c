package io.polegate.core;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Jobs that wait for an endpoint, oldest first, and the one that runs. Thread-safe. */
final class JobQueue {
  static final int MOST_WAITING = 16;

  private final BlockingQueue<Job<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private volatile @Nullable Job<?> running;

  /** Takes a job in; false when the queue is full. */
  boolean offer(Job<?> job) {
    return waiting.offer(job);
  }

  /** Takes a job back; false when it had its turn or its answer already. */
  boolean withdraw(Job<?> job) {
    return waiting.remove(job);
  }

  /** Whether there is one that can be done now. */
  boolean isReady() {
    return waiting.stream().anyMatch(Job::isReady);
  }

  /** Hands out the oldest that can be done now. */
  Optional<Job<?>> next() {
    return waiting.stream().filter(Job::isReady).findFirst().filter(waiting::remove);
  }

  /** Does it. */
  void run(Job<?> job) {
    running = job;
    job.run();
    running = null;
  }

  /** Answers some of those that wait. */
  void fail(Predicate<Job<?>> which, String message) {
    for (Job<?> job : waiting) {
      if (which.test(job) && waiting.remove(job)) {
        job.fail(message);
      }
    }
  }

  /** Answers all, also the one that may never come back from its driver. */
  void failAll(String message) {
    fail(job -> true, message);
    Job<?> stuck = running;
    if (stuck != null) {
      stuck.fail(message);
    }
  }
}
