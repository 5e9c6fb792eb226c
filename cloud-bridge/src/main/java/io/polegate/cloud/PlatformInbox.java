package io.polegate.cloud;

import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/**
 * Takes what the platform says of its own progress: what it stored, how fast history may come. What
 * is wrong is reported once a minute and changes nothing. Lives as long as its uplink. Thread-safe.
 */
final class PlatformInbox {
  private final String connection;
  private final Surroundings around;
  private final PlatformWord word = new PlatformWord();
  private final Budget told;

  PlatformInbox(String connection, Surroundings around) {
    this.connection = connection;
    this.around = around;
    this.told = new Budget(1, around.nanos());
  }

  /** What waits for the platform's word. */
  PlatformWord word() {
    return word;
  }

  /** The platform stored something; a retained word is of another time. */
  void stored(MqttMessage message) {
    PlatformParser.Parsed parsed = PlatformParser.stored(message.getPayload());
    if (message.isRetained()) {
      refused("acknowledgement", "is retained: publish it without retain");
    } else if (parsed instanceof PlatformParser.Parsed.Stored stored) {
      time(stored.time());
      word.heard(stored.numbers()).ifPresent(why -> refused("acknowledgement", why));
    } else if (parsed instanceof PlatformParser.Parsed.Malformed malformed) {
      refused("acknowledgement", malformed.problem());
    }
  }

  /** The platform wants another pace. */
  void pace(MqttMessage message, HistoryPace history) {
    PlatformParser.Parsed parsed = PlatformParser.pace(message.getPayload());
    if (message.isRetained()) {
      refused("pace", "is retained, so it would never end: publish it without retain");
    } else if (parsed instanceof PlatformParser.Parsed.Pace pace) {
      time(pace.time());
      history.order(pace.history(), pace.length());
    } else if (parsed instanceof PlatformParser.Parsed.Malformed malformed) {
      refused("pace", malformed.problem());
    }
  }

  private void time(Optional<Instant> time) {
    time.ifPresent(said -> around.heard().accept(said, "uplink \"" + connection + "\""));
  }

  private void refused(String what, String why) {
    long untold = told.untold();
    if (!told.take()) {
      return;
    }
    Map<String, Value> attributes =
        Map.of(
            "connection", new Value.Text(connection),
            "problem", new Value.Text("the " + what + " " + why),
            "suppressed", new Value.Int(untold));
    around
        .writer()
        .append(
            new JournalItem.Event(
                Lane.STATE, around.now(), "platform-message-refused", attributes));
  }
}
