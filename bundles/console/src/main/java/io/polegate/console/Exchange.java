package io.polegate.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * A request, its answer, and the variable parts of its path.
 *
 * @param variables in the order of the path
 */
record Exchange(HttpServletRequest request, HttpServletResponse response, List<String> variables) {

  /** Serves one resource. Called on any number of threads at once. */
  interface Handler {
    void handle(Exchange exchange) throws IOException, RefusedException;
  }

  void sendJson(byte[] body) throws IOException {
    response.setHeader("Cache-Control", "no-store");
    send(response, "application/json", body);
  }

  static void send(HttpServletResponse response, String contentType, byte[] body)
      throws IOException {
    response.setContentType(contentType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
