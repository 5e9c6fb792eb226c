package io.polegate.cloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is published; the test says when the broker has it. */
final class FakePublisher implements Publisher {
  final List<Message> messages = new ArrayList<>();
  final List<Runnable> acknowledgements = new ArrayList<>();
  boolean gone;

  @Override
  public void publish(Message message, Runnable acknowledged) throws SessionLostException {
    if (gone) {
      throw new SessionLostException("gone");
    }
    messages.add(message);
    acknowledgements.add(acknowledged);
  }

  @Override
  public void deliver(Message message, Duration patience) throws SessionLostException {
    publish(message, () -> {});
  }

  /** The last levels of the topics, in order. */
  List<String> topics() {
    return messages.stream().map(m -> m.topic().substring(m.topic().lastIndexOf('/') + 1)).toList();
  }

  /** The broker has the message that was published as number so much, from 0. */
  void acknowledge(int number) {
    acknowledgements.get(number).run();
  }
}
