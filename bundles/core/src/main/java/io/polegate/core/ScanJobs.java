package io.polegate.core;

import io.polegate.api.driver.EndpointDownException;
import io.polegate.core.ScanTarget.NotAskedException;
import java.util.concurrent.ExecutionException;

/** Waits for pieces of a scan. */
final class ScanJobs {
  private ScanJobs() {}

  /** Has a job done by an endpoint. */
  static <T> T await(EndpointThread thread, Job<T> job)
      throws EndpointDownException, NotAskedException {
    if (!thread.offer(job)) {
      throw new NotAskedException("too much waits for the endpoint, or it is stopping");
    }
    try {
      return result(job);
    } catch (EndpointDownException e) {
      if (!job.wasBegun()) {
        throw new NotAskedException(Errors.inWords(e));
      }
      throw e;
    }
  }

  /** The answer of a job that was given to somebody. */
  static <T> T result(Job<T> job) throws EndpointDownException {
    try {
      return job.answer().toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EndpointDownException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EndpointDownException down) {
        throw new EndpointDownException(Errors.inWords(down), e);
      }
      throw new EndpointDownException("the driver failed: " + Errors.inWords(e), e);
    }
  }
}
