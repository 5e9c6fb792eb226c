package io.polegate.console;

import static io.polegate.console.JsonBody.expect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.polegate.api.settings.Settings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a request to a tool: a text and settings, for instance {@code
 * {"hex":"0300000001","device":{"unit":3}}}.
 *
 * @param settings as they would stand in the document; numbers and truth values may be written so
 */
record ToolRequest(String text, Settings settings) {

  static ToolRequest parse(byte[] body, String textField, String settingsField)
      throws RefusedException {
    return JsonBody.parse(body, json -> parse(json, textField, settingsField));
  }

  private static ToolRequest parse(JsonParser json, String textField, String settingsField)
      throws IOException, RefusedException {
    String form = "send {\"" + textField + "\": \"…\", \"" + settingsField + "\": {…}}";
    Optional<String> text = Optional.empty();
    Settings settings = Settings.NONE;
    expect(json.nextToken() == JsonToken.START_OBJECT, form);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals(textField)) {
        expect(json.currentToken() == JsonToken.VALUE_STRING, form);
        text = Optional.of(json.getText());
      } else {
        expect(field.equals(settingsField), form);
        settings = settings(json, form);
      }
    }
    expect(json.nextToken() == null, "nothing may follow the object");
    if (text.isEmpty()) {
      throw JsonBody.refused(form);
    }
    return new ToolRequest(text.get(), settings);
  }

  private static Settings settings(JsonParser json, String form)
      throws IOException, RefusedException {
    Map<String, String> texts = new HashMap<>();
    expect(json.currentToken() == JsonToken.START_OBJECT, form);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      expect(
          value.isScalarValue() && value != JsonToken.VALUE_NULL,
          "each setting is a text, a number, true or false");
      texts.put(key, json.getText());
    }
    return new Settings(texts);
  }
}
