package io.polegate.core;

import io.polegate.api.driver.FrameTrace;
import io.polegate.api.live.Traffic;

/** Counts what went over the wire for one device. Thread-safe. */
final class TrafficCount {
  private long answers;
  private long timeouts;
  private long exceptions;
  private long corrupt;
  private long late;
  private long foreign;

  /** A frame was seen while the device was served. */
  synchronized void frame(FrameTrace.Kind kind) {
    switch (kind) {
      case SENT -> {}
      case ANSWER -> answers++;
      case EXCEPTION -> exceptions++;
      case CORRUPT -> corrupt++;
      case LATE -> late++;
      case FOREIGN -> foreign++;
    }
  }

  /** A call to a driver that shows no frames was answered. */
  synchronized void answered() {
    answers++;
  }

  /** A call waited in vain. */
  synchronized void timedOut() {
    timeouts++;
  }

  /** A consistent copy. */
  synchronized Traffic traffic() {
    return new Traffic(answers, timeouts, exceptions, corrupt, late, foreign);
  }
}
