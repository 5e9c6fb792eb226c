package io.polegate.console;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** What every answer tells the browser: nothing but our own files, in nobody's frame. */
final class SecurityHeaders {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin");

  private SecurityHeaders() {}

  static void set(HttpServletResponse response) {
    HEADERS.forEach(response::setHeader);
  }
}
