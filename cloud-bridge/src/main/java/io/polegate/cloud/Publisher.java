package io.polegate.cloud;

/** Hands a message to the broker. */
@FunctionalInterface
interface Publisher {

  /**
   * Sends with QoS 1 and does not wait.
   *
   * @param acknowledged called when the broker has the message, on any thread; must not block
   * @throws SessionLostException if the session is over
   */
  void publish(String topic, byte[] payload, Runnable acknowledged) throws SessionLostException;
}
