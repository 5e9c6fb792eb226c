package io.polegate.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.polegate.api.config.Configuration;
import io.polegate.api.settings.Quantity;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what a platform wants of the document from a payload that anybody may have written. Members
 * it does not know are passed over. Thread-safe, no state.
 */
final class ConfigurationParser {
  /** Longer payloads are not looked at. */
  static final int MAX_BYTES = 120_000;

  private static final int MAX_ID = 128;
  private static final int MAX_WORDS = 500;
  private static final Duration CONFIRM = Duration.ofMinutes(5);

  private static final JsonFactory JSON = StrangersJson.upTo(MAX_BYTES);

  private ConfigurationParser() {}

  /** What a payload turned out to be. */
  sealed interface Parsed {
    /** A request. */
    record Valid(ConfigurationRequest request) implements Parsed {}

    /**
     * None.
     *
     * @param id empty if none could be read
     * @param problem for a person; does not quote the payload
     */
    record Malformed(String id, String problem) implements Parsed {}
  }

  /** Never throws. */
  static Parsed parse(byte[] payload) {
    Map<String, String> texts = new HashMap<>();
    if (payload.length > MAX_BYTES) {
      return malformed(texts, "has more than " + MAX_BYTES + " bytes: send less");
    }
    try (JsonParser json = JSON.createParser(payload)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return malformed(texts, "is not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken().isScalarValue()) {
          texts.put(name, json.getText());
        }
        json.skipChildren();
      }
      return json.nextToken() == null
          ? request(texts)
          : malformed(texts, "goes on behind the end of the object");
    } catch (IOException e) {
      return malformed(texts, "is not well-formed JSON within the limits");
    }
  }

  private static Parsed request(Map<String, String> texts) {
    String id = texts.getOrDefault("id", "");
    String author = texts.getOrDefault("author", "");
    String reason = texts.getOrDefault("reason", "");
    if (id.isEmpty() || id.length() > MAX_ID) {
      return malformed(Map.of(), "needs \"id\", a text of 1 to " + MAX_ID + " characters");
    }
    if (author.length() > MAX_ID || reason.length() > MAX_WORDS) {
      return malformed(texts, "has an author or a reason that is too long");
    }
    if (texts.containsKey("confirm")) {
      boolean keep = texts.get("confirm").equals("true");
      return keep || texts.get("confirm").equals("false")
          ? new Parsed.Valid(new ConfigurationRequest.Verdict(id, keep, author))
          : malformed(texts, "needs \"confirm\", true or false");
    }
    Duration within = within(texts);
    if (within.isZero()) {
      return malformed(texts, "needs \"confirm-within\" from 5s to 1d, or none for 5m");
    }
    if (texts.containsKey("document")) {
      return new Parsed.Valid(
          new ConfigurationRequest.Change(id, texts.get("document"), author, reason, within));
    }
    return texts.getOrDefault("version", "").matches("[1-9][0-9]{0,8}")
        ? new Parsed.Valid(
            new ConfigurationRequest.RollBack(
                id, Integer.parseInt(texts.get("version")), author, reason, within))
        : malformed(texts, "needs one of \"document\", \"version\" and \"confirm\"");
  }

  private static Duration within(Map<String, String> texts) {
    String text = texts.get("confirm-within");
    try {
      Duration within = text == null ? CONFIRM : Quantity.duration(text);
      boolean allowed =
          within.compareTo(Configuration.Change.SHORTEST) >= 0
              && within.compareTo(Configuration.Change.LONGEST) <= 0;
      return allowed ? within : Duration.ZERO;
    } catch (IllegalArgumentException e) {
      return Duration.ZERO; // the caller says so in its own words
    }
  }

  private static Parsed malformed(Map<String, String> texts, String problem) {
    String id = texts.getOrDefault("id", "");
    return new Parsed.Malformed(id.length() > MAX_ID ? "" : id, problem);
  }
}
