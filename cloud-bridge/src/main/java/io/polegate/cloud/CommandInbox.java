package io.polegate.cloud;

import org.eclipse.paho.client.mqttv3.MqttMessage;

/** Commands in JSON, off Paho's thread, which must not wait. Thread-safe, no state. */
final class CommandInbox implements Session.Inbox {
  private final CommandQueue commands;

  CommandInbox(CommandQueue commands) {
    this.commands = commands;
  }

  @Override
  public void arrived(String topic, MqttMessage message, Runnable done) {
    CommandParser.Parsed parsed = CommandParser.parse(message.getPayload(), commands.origin());
    if (parsed instanceof CommandParser.Parsed.Malformed malformed) {
      String problem = "the command " + malformed.problem();
      if (malformed.id().isPresent()) {
        commands.malformed(malformed.id().get(), problem, done);
      } else {
        commands.malformed(problem, message.getPayload().length, done);
      }
    } else if (parsed instanceof CommandParser.Parsed.Valid valid) {
      if (message.isRetained()) {
        commands.retained(valid.command().id(), done);
      } else {
        commands.take(valid.command(), done);
      }
    }
  }
}
