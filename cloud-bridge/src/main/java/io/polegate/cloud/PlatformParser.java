package io.polegate.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.polegate.api.journal.Lane;
import io.polegate.api.settings.Quantity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a platform says of its own progress from a payload that anybody may have written.
 * Members it does not know are passed over. Thread-safe, no state.
 */
final class PlatformParser {
  private static final int MAX_BYTES = 4_000;
  private static final int MAX_TEXT = 64;
  private static final long YEAR_10000_MILLIS = 253_402_300_800_000L;
  private static final long MOST_READINGS_A_SECOND = 1_000_000;
  private static final Duration USUAL = Duration.ofMinutes(10);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final JsonFactory JSON = StrangersJson.upTo(MAX_TEXT);

  private PlatformParser() {}

  /** What a payload turned out to be. */
  sealed interface Parsed {
    /**
     * Everything up to these numbers is stored.
     *
     * @param time what time it is, if the platform says so
     */
    record Stored(Map<Lane, Long> numbers, Optional<Instant> time) implements Parsed {}

    /**
     * How fast history may go for a while.
     *
     * @param history readings a second, or {@link HistoryPace#UNLIMITED}
     * @param time what time it is, if the platform says so
     */
    record Pace(int history, Duration length, Optional<Instant> time) implements Parsed {}

    /**
     * Neither.
     *
     * @param problem for a person; does not quote the payload
     */
    record Malformed(String problem) implements Parsed {}
  }

  /** Reads an acknowledgement; never throws. */
  static Parsed stored(byte[] payload) {
    try {
      Members members = members(payload);
      Map<Lane, Long> numbers = new EnumMap<>(Lane.class);
      for (Lane lane : Lane.values()) {
        Optional<Long> number = members.number(lane.name().toLowerCase(Locale.ROOT));
        number.ifPresent(value -> numbers.put(lane, value));
      }
      return new Parsed.Stored(numbers, members.time());
    } catch (MalformedException e) {
      return new Parsed.Malformed(e.problem);
    }
  }

  /** Reads a pace; never throws. */
  static Parsed pace(byte[] payload) {
    try {
      Members members = members(payload);
      long history = members.number("history").orElse(-1L);
      Duration length = members.length();
      if (history < 0 || history > MOST_READINGS_A_SECOND) {
        return new Parsed.Malformed(
            "needs \"history\", a whole number from 0 to " + MOST_READINGS_A_SECOND);
      }
      return new Parsed.Pace((int) history, length, members.time());
    } catch (MalformedException e) {
      return new Parsed.Malformed(e.problem);
    }
  }

  private static Members members(byte[] payload) throws MalformedException {
    if (payload.length > MAX_BYTES) {
      throw new MalformedException("has more than " + MAX_BYTES + " bytes");
    }
    Members members = new Members();
    try (JsonParser json = JSON.createParser(payload)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedException("is not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        members.add(json.currentName(), json.nextToken(), json);
      }
      if (json.nextToken() != null) {
        throw new MalformedException("goes on behind the end of the object");
      }
      return members;
    } catch (IOException e) {
      MalformedException malformed =
          new MalformedException("is not well-formed JSON within the limits");
      malformed.initCause(e);
      throw malformed;
    }
  }

  /** Scalars by name; what is no scalar is there and has no use. */
  private static final class Members {
    private final Map<String, Object> values = new HashMap<>();

    private void add(String name, JsonToken token, JsonParser json) throws IOException {
      switch (token) {
        case VALUE_NUMBER_INT ->
            values.put(
                name,
                json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? ""
                    : json.getLongValue());
        case VALUE_STRING -> values.put(name, json.getText());
        default -> values.put(name, "");
      }
      json.skipChildren();
    }

    private Optional<Long> number(String name) throws MalformedException {
      Object value = values.get(name);
      if (value == null) {
        return Optional.empty();
      }
      if (value instanceof Long number && number >= 0) {
        return Optional.of(number);
      }
      throw new MalformedException("needs \"" + name + "\" to be a whole number from 0 on");
    }

    private Optional<Instant> time() throws MalformedException {
      return number("time").filter(t -> t < YEAR_10000_MILLIS).map(Instant::ofEpochMilli);
    }

    private Duration length() throws MalformedException {
      Object value = values.get("for");
      try {
        Duration length =
            value == null ? USUAL : Quantity.duration(value instanceof String text ? text : "");
        if (length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0) {
          return length;
        }
      } catch (IllegalArgumentException e) {
        MalformedException malformed = new MalformedException("needs \"for\" from 1s to 1d");
        malformed.initCause(e);
        throw malformed;
      }
      throw new MalformedException("needs \"for\" from 1s to 1d");
    }
  }

  private static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String problem;

    private MalformedException(String problem) {
      super(problem);
      this.problem = problem;
    }
  }
}
