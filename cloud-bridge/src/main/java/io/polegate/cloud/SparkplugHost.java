package io.polegate.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * What the primary host says of itself in one session, sections 5.4 and 5.5 of the specification:
 * only a statement that is not older than the last one counts. Thread-safe: statements come on a
 * thread of Paho.
 */
final class SparkplugHost {
  /** Longer statements are not looked at. */
  static final int MAX_BYTES = 1_000;

  private static final JsonFactory JSON = StrangersJson.upTo(MAX_BYTES);

  private Presence presence = Presence.UNKNOWN;
  private long lastTimestamp = Long.MIN_VALUE;

  /** What is known of the host. */
  enum Presence {
    /** It said nothing in this session. */
    UNKNOWN,
    ONLINE,
    OFFLINE
  }

  /**
   * A statement.
   *
   * @param timestamp milliseconds since 1970 UTC
   */
  record Statement(boolean online, long timestamp) {}

  /**
   * The host said something.
   *
   * @return whether it counts
   */
  synchronized boolean said(Statement statement) {
    if (statement.timestamp() < lastTimestamp) {
      return false;
    }
    lastTimestamp = statement.timestamp();
    presence = statement.online() ? Presence.ONLINE : Presence.OFFLINE;
    return true;
  }

  synchronized Presence presence() {
    return presence;
  }

  /** Reads a statement that anybody may have written; empty if it is none. */
  static Optional<Statement> parse(byte[] payload) {
    if (payload.length > MAX_BYTES) {
      return Optional.empty();
    }
    Optional<Boolean> online = Optional.empty();
    Optional<Long> timestamp = Optional.empty();
    try (JsonParser json = JSON.createParser(payload)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (name.equals("online") && token.isBoolean()) {
          online = Optional.of(token == JsonToken.VALUE_TRUE);
        } else if (name.equals("timestamp") && token == JsonToken.VALUE_NUMBER_INT) {
          timestamp = Optional.of(json.getLongValue());
        }
        json.skipChildren();
      }
      if (json.nextToken() != null) {
        return Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    Optional<Long> at = timestamp;
    return online.flatMap(there -> at.map(time -> new Statement(there, time)));
  }
}
