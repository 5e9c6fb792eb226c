package io.polegate.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.polegate.api.command.Command;
import io.polegate.api.data.Value;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a command from a payload that anybody may have written: bounded in size, depth and lengths,
 * every member of the right kind, nothing behind the end, no member twice. Members it does not know
 * are passed over. Thread-safe, no state.
 */
final class CommandParser {
  /** Longer payloads are not looked at. */
  static final int MAX_BYTES = 16_000;

  private static final int MAX_ID = 128;
  private static final int MAX_NAME = 64;
  private static final long YEAR_10000_MILLIS = 253_402_300_800_000L;

  private static final JsonFactory JSON = StrangersJson.upTo(MAX_BYTES);

  private CommandParser() {}

  /** What a payload turned out to be. */
  sealed interface Parsed {
    /** A command. */
    record Valid(Command command) implements Parsed {}

    /**
     * No command.
     *
     * @param id if one could be read
     * @param problem for a person; does not quote the payload
     */
    record Malformed(Optional<String> id, String problem) implements Parsed {}
  }

  /** Never throws. */
  static Parsed parse(byte[] payload, Command.Origin origin) {
    if (payload.length > MAX_BYTES) {
      return new Parsed.Malformed(
          Optional.empty(), "has more than " + MAX_BYTES + " bytes: send less");
    }
    Draft draft = new Draft();
    try (JsonParser json = JSON.createParser(payload)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return draft.malformed("is not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        draft.member(json.currentName(), json);
      }
      if (json.nextToken() != null) {
        return draft.malformed("goes on behind the end of the object");
      }
      return draft.finish(origin);
    } catch (IOException e) {
      return draft.malformed("is not well-formed JSON within the limits");
    }
  }

  /** The members seen so far. */
  private static final class Draft {
    private @Nullable String id;
    private @Nullable String device;
    private @Nullable String point;
    private @Nullable Value value;
    private @Nullable Instant deadline;

    private void member(String name, JsonParser json) throws IOException {
      JsonToken token = json.nextToken();
      switch (name) {
        case "id" -> id = shortText(token, json, MAX_ID);
        case "device" -> device = shortText(token, json, MAX_NAME);
        case "point" -> point = shortText(token, json, MAX_NAME);
        case "value" -> value = value(token, json);
        case "deadline" -> deadline = instant(token, json);
        default -> {
          // not ours
        }
      }
      json.skipChildren();
    }

    private Parsed finish(Command.Origin origin) {
      if (id == null) {
        return malformed("needs \"id\", a text of 1 to " + MAX_ID + " characters");
      }
      if (device == null) {
        return malformed("needs \"device\", a text of 1 to " + MAX_NAME + " characters");
      }
      if (point == null) {
        return malformed("needs \"point\", a text of 1 to " + MAX_NAME + " characters");
      }
      if (value == null) {
        return malformed("needs \"value\", a number, a text, true or false");
      }
      if (deadline == null) {
        return malformed("needs \"deadline\", a whole number of milliseconds since 1970 UTC");
      }
      return new Parsed.Valid(new Command(id, device, point, value, deadline, origin));
    }

    private Parsed malformed(String problem) {
      return new Parsed.Malformed(Optional.ofNullable(id), problem);
    }

    private static @Nullable String shortText(JsonToken token, JsonParser json, int max)
        throws IOException {
      if (token != JsonToken.VALUE_STRING) {
        return null;
      }
      String text = json.getText();
      return text.isEmpty() || text.length() > max ? null : text;
    }

    private static @Nullable Value value(JsonToken token, JsonParser json) throws IOException {
      return switch (token) {
        case VALUE_TRUE -> new Value.Bool(true);
        case VALUE_FALSE -> new Value.Bool(false);
        case VALUE_STRING -> new Value.Text(json.getText());
        case VALUE_NUMBER_INT -> isLong(json) ? new Value.Int(json.getLongValue()) : null;
        case VALUE_NUMBER_FLOAT -> real(json.getDoubleValue());
        default -> null;
      };
    }

    private static @Nullable Value real(double number) {
      return Double.isFinite(number) ? new Value.Real(number) : null;
    }

    private static @Nullable Instant instant(JsonToken token, JsonParser json) throws IOException {
      if (token != JsonToken.VALUE_NUMBER_INT || !isLong(json)) {
        return null;
      }
      long millis = json.getLongValue();
      return millis < 0 || millis >= YEAR_10000_MILLIS ? null : Instant.ofEpochMilli(millis);
    }

    private static boolean isLong(JsonParser json) throws IOException {
      return json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }
  }
}
