package io.polegate.console;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** {@code /healthz}: 200 while the gateway does its work, else 503, with the reasons. */
record HealthResource(Gateway gateway) implements Exchange.Handler {

  @Override
  public void handle(Exchange exchange) throws IOException {
    Health health = Health.of(gateway.now());
    exchange.response().setStatus(health.level() == Health.Level.FAILED ? 503 : 200);
    exchange.sendJson(JsonText.of(json -> write(json, health)));
  }

  private static void write(JsonGenerator json, Health health) throws IOException {
    json.writeStartObject();
    json.writeStringField("level", health.level().wireName());
    json.writeArrayFieldStart("parts");
    for (Health.Part part : health.parts()) {
      json.writeStartObject();
      json.writeStringField("part", part.part());
      if (!part.id().isEmpty()) {
        json.writeStringField("id", part.id());
      }
      json.writeStringField("level", part.level().wireName());
      if (part.level() != Health.Level.OK) {
        json.writeStringField("reason", part.reason());
        json.writeStringField("message", part.message());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
