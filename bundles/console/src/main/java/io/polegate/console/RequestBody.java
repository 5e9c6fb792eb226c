package io.polegate.console;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Takes in the body of a request, within bounds. */
final class RequestBody {
  static final int LIMIT_BYTES = 16 * 1024;

  private RequestBody() {}

  static byte[] json(HttpServletRequest request) throws IOException, RefusedException {
    return json(request, LIMIT_BYTES);
  }

  static byte[] json(HttpServletRequest request, int limitBytes)
      throws IOException, RefusedException {
    String type = Optional.ofNullable(request.getContentType()).orElse("");
    if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
      throw new RefusedException(
          new Problem(
              415,
              "not-json",
              "This content type is not taken",
              "send JSON with Content-Type: application/json"));
    }
    if (request.getContentLengthLong() > limitBytes) {
      throw tooLarge(limitBytes);
    }
    byte[] body = request.getInputStream().readNBytes(limitBytes + 1);
    if (body.length > limitBytes) {
      throw tooLarge(limitBytes);
    }
    return body;
  }

  private static RefusedException tooLarge(int limitBytes) {
    return new RefusedException(
        new Problem(
            413, "too-large", "The body is too large", "send at most " + limitBytes + " bytes"));
  }
}
