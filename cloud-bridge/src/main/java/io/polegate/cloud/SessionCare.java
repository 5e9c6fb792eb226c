package io.polegate.cloud;

/** Looks now and then whether a session is still as it should be. The uplink's thread. */
interface SessionCare {
  /** Nothing to look after. */
  SessionCare NONE =
      new SessionCare() {
        @Override
        public void look() {}

        @Override
        public long restNanos() {
          return Long.MAX_VALUE;
        }
      };

  /**
   * Looks, if it is time to.
   *
   * @throws SessionLostException if another session should take its place
   */
  void look() throws SessionLostException;

  /** Nanoseconds until the next look. */
  long restNanos();
}
