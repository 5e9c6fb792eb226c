package io.polegate.console;

import static io.polegate.console.JsonBody.expect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The body of a command: {@code {"value":40,"id":"…","deadline":1793534400000}}.
 *
 * @param value wanted
 * @param id if the caller chose one
 * @param deadline if the caller set one
 */
record CommandRequest(Value value, Optional<String> id, Optional<Instant> deadline) {
  private static final int LONGEST_ID = 128;

  static CommandRequest parse(byte[] body) throws RefusedException {
    return JsonBody.parse(body, CommandRequest::parse);
  }

  private static CommandRequest parse(JsonParser json) throws IOException, RefusedException {
    Optional<Value> value = Optional.empty();
    Optional<String> id = Optional.empty();
    Optional<Instant> deadline = Optional.empty();
    expect(json.nextToken() == JsonToken.START_OBJECT, "send an object: {\"value\": …}");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "value" -> value = Optional.of(value(json));
        case "id" -> id = Optional.of(id(json));
        case "deadline" -> deadline = Optional.of(deadline(json));
        default -> throw JsonBody.refused("there are only the fields value, id and deadline");
      }
    }
    expect(json.nextToken() == null, "nothing may follow the object");
    if (value.isEmpty()) {
      throw JsonBody.refused("the field value is missing");
    }
    return new CommandRequest(value.get(), id, deadline);
  }

  private static Value value(JsonParser json) throws IOException, RefusedException {
    return switch (json.currentToken()) {
      case VALUE_TRUE, VALUE_FALSE -> new Value.Bool(json.getBooleanValue());
      case VALUE_NUMBER_INT -> new Value.Int(whole(json, "value"));
      case VALUE_NUMBER_FLOAT -> {
        expect(Double.isFinite(json.getDoubleValue()), "value is too large a number");
        yield new Value.Real(json.getDoubleValue());
      }
      case VALUE_STRING -> new Value.Text(json.getText());
      case START_OBJECT -> bytes(json);
      default ->
          throw JsonBody.refused("value must be true, false, a number, a text or {\"hex\": \"…\"}");
    };
  }

  private static Value bytes(JsonParser json) throws IOException, RefusedException {
    String wanted = "an object as value must be {\"hex\": \"…\"} with two digits per byte";
    expect("hex".equals(json.nextFieldName()), wanted);
    expect(json.nextToken() == JsonToken.VALUE_STRING, wanted);
    String hex = json.getText();
    expect(json.nextToken() == JsonToken.END_OBJECT, wanted);
    try {
      return Bytes.ofHex(hex);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Problem.malformed(wanted), e);
    }
  }

  private static String id(JsonParser json) throws IOException, RefusedException {
    String wanted = "id must be a text of 1 to " + LONGEST_ID + " printable characters";
    expect(json.currentToken() == JsonToken.VALUE_STRING, wanted);
    String id = json.getText();
    boolean printable = id.chars().noneMatch(Character::isISOControl);
    expect(!id.isEmpty() && id.length() <= LONGEST_ID && printable, wanted);
    return id;
  }

  private static Instant deadline(JsonParser json) throws IOException, RefusedException {
    expect(
        json.currentToken() == JsonToken.VALUE_NUMBER_INT,
        "deadline must be a time in milliseconds since 1970, UTC");
    try {
      return Instant.ofEpochMilli(whole(json, "deadline"));
    } catch (DateTimeException e) {
      throw new RefusedException(Problem.malformed("deadline is out of range"), e);
    }
  }

  private static long whole(JsonParser json, String field) throws IOException, RefusedException {
    expect(
        json.getNumberType() != JsonParser.NumberType.BIG_INTEGER,
        field + " does not fit into 64 bits");
    return json.getLongValue();
  }
}
