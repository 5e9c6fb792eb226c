package io.polegate.cloud;

import java.time.Duration;

/** Hands messages to the broker. Belongs to the uplink's thread. */
interface Publisher {

  /**
   * Sends and does not wait.
   *
   * @param acknowledged called when the broker has the message (with QoS 0: when it is written to
   *     the line), on any thread; must not block
   * @throws SessionLostException if the session is over
   */
  void publish(Message message, Runnable acknowledged) throws SessionLostException;

  /**
   * Sends, and waits until the broker has it (with QoS 0: until it is written to the line).
   *
   * @throws SessionLostException if the session is over, or this did not happen in time
   */
  void deliver(Message message, Duration patience) throws SessionLostException;
}
