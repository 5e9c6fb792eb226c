package io.polegate.config;

/** Calls something once a second while it is wanted. Thread-safe. */
interface SecondHand {
  /** Calls {@code tick} every second from now on, and nothing else. */
  void start(Runnable tick);

  /** No more calls. */
  void stop();
}
