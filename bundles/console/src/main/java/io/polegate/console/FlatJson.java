package io.polegate.console;

import static io.polegate.console.JsonBody.expect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The body of a request that is an object of texts, numbers and truth values.
 *
 * @param fields as texts
 */
record FlatJson(Map<String, String> fields) {

  /**
   * Reads it.
   *
   * @param known fields that there are
   */
  static FlatJson parse(byte[] body, Set<String> known) throws RefusedException {
    return JsonBody.parse(body, json -> parse(json, known));
  }

  private static FlatJson parse(JsonParser json, Set<String> known)
      throws IOException, RefusedException {
    Map<String, String> fields = new HashMap<>();
    expect(json.nextToken() == JsonToken.START_OBJECT, "send an object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      expect(known.contains(field), "there are only the fields " + String.join(", ", known));
      JsonToken value = json.nextToken();
      boolean scalar = value.isScalarValue() && value != JsonToken.VALUE_NULL;
      expect(scalar, field + " must be a text, a number, true or false");
      fields.put(field, json.getText());
    }
    expect(json.nextToken() == null, "nothing may follow the object");
    return new FlatJson(fields);
  }

  /** A field that must be there. */
  String required(String field) throws RefusedException {
    return find(field).orElseThrow(() -> JsonBody.refused("the field " + field + " is missing"));
  }

  /** A field that may be there. */
  Optional<String> find(String field) {
    return Optional.ofNullable(fields.get(field));
  }
}
