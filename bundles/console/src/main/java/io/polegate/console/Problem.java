package io.polegate.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Why a request was not served, as {@code application/problem+json}.
 *
 * @param kind last part of the type, kebab-case; what a program decides by
 * @param detail what to do about it, for a person
 */
record Problem(int status, String kind, String title, String detail) {

  static Problem malformed(String detail) {
    return new Problem(400, "malformed", "The request cannot be understood", detail);
  }

  static Problem notFound(String detail) {
    return new Problem(404, "not-found", "There is no such thing", detail);
  }

  static Problem busy(String detail) {
    return new Problem(503, "busy", "The gateway is busy", detail);
  }

  void writeTo(HttpServletResponse response) throws IOException {
    byte[] body =
        JsonText.of(
            json -> {
              json.writeStartObject();
              json.writeStringField("type", "urn:polegate:problem:" + kind);
              json.writeStringField("title", title);
              json.writeNumberField("status", status);
              json.writeStringField("detail", detail);
              json.writeEndObject();
            });
    response.setStatus(status);
    response.setHeader("Cache-Control", "no-store");
    if (status == 503) {
      response.setHeader("Retry-After", "5");
    }
    Exchange.send(response, "application/problem+json", body);
  }
}
