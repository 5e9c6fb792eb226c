package io.polegate.api.tools;

import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.List;

/** A search for devices that nobody configured. Thread-safe. */
public interface Scan {

  /** How far it is; a consistent copy. */
  Progress progress();

  /** Ends it after the probe that is running; does nothing if it has ended. */
  void stop();

  /** What a scan does. */
  enum State {
    /** It goes on. */
    RUNNING,
    /** Everything was tried. */
    DONE,
    /** Somebody stopped it. */
    STOPPED,
    /** It could not go on; the message says why. */
    FAILED
  }

  /**
   * How far it is.
   *
   * @param tried candidates that were asked
   * @param candidates all of them
   * @param remainingAtMost longest time that the rest takes if nothing answers and the bus is idle
   * @param found in the order of discovery
   * @param message empty unless {@link State#FAILED}
   */
  record Progress(
      State state,
      int tried,
      int candidates,
      Duration remainingAtMost,
      List<Found> found,
      String message) {
    /** Copies the list. */
    public Progress {
      found = List.copyOf(found);
    }
  }

  /**
   * A device that answered.
   *
   * @param bus settings under which it answered
   * @param device its settings
   * @param answer what it said, one line for a person
   */
  record Found(Settings bus, Settings device, String answer) {}
}
