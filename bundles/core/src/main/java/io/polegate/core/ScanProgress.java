package io.polegate.core;

import io.polegate.api.driver.BusScan.Candidate;
import io.polegate.api.tools.Scan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How far a scan is. Thread-safe. */
final class ScanProgress {
  private final List<Scan.Found> found = new ArrayList<>();
  private Scan.State state = Scan.State.RUNNING;
  private int tried;
  private int candidates;
  private Duration remaining = Duration.ZERO;
  private String message = "";

  /** What it will try. */
  synchronized void plan(List<Candidate> planned) {
    candidates = planned.size();
    remaining = planned.stream().map(Candidate::atMost).reduce(Duration.ZERO, Duration::plus);
  }

  /** A candidate was asked. */
  synchronized void tried(Candidate candidate) {
    tried++;
    remaining = remaining.minus(candidate.atMost());
  }

  /** A candidate cannot be asked. */
  synchronized void skipped(Candidate candidate) {
    remaining = remaining.minus(candidate.atMost());
  }

  /** A candidate answered. */
  synchronized void found(Candidate candidate, String answer) {
    found.add(new Scan.Found(candidate.bus(), candidate.device(), answer));
  }

  /** It is over; only the first end counts. */
  synchronized void ended(Scan.State end, String why) {
    if (state == Scan.State.RUNNING) {
      state = end;
      message = why;
      remaining = Duration.ZERO;
    }
  }

  /** A consistent copy. */
  synchronized Scan.Progress now() {
    return new Scan.Progress(state, tried, candidates, remaining, found, message);
  }
}
