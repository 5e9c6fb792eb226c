package io.polegate.cloud;

/** A message to a broker; the payload is not copied, because it is made for one publish only. */
final class Message {
  private final String topic;
  private final byte[] payload;
  private final int qos;
  private final boolean retained;

  /**
   * A message.
   *
   * @param qos 0 or 1
   * @param retained whether the broker keeps it for who subscribes later
   */
  Message(String topic, byte[] payload, int qos, boolean retained) {
    this.topic = topic;
    this.payload = payload;
    this.qos = qos;
    this.retained = retained;
  }

  String topic() {
    return topic;
  }

  byte[] payload() {
    return payload;
  }

  int qos() {
    return qos;
  }

  boolean retained() {
    return retained;
  }
}
