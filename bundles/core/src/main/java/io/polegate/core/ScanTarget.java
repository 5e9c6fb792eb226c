package io.polegate.core;

import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.settings.Settings;
import java.util.Optional;

/** Through what a scan asks. Used by one thread, but for {@link #close}. */
interface ScanTarget {

  /** Whether it can still be used for a candidate with these bus settings. */
  boolean serves(Settings bus);

  /** The endpoint had no time for it, at this moment. */
  final class NotAskedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    NotAskedException(String message) {
      super(message);
    }
  }

  /** Opens the endpoint; does nothing when it is open. */
  void open() throws EndpointDownException, NotAskedException;

  /** Asks a device, see {@link GuardedDriver#probe}. */
  Optional<String> probe(Settings device) throws EndpointDownException, NotAskedException;

  /** From any thread: ends a call that is blocked. */
  void close();
}
