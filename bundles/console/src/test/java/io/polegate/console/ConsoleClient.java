package io.polegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of the running console, and what its refusals look like. */
final class ConsoleClient {
  private final RunningConsole console;
  private final HttpClient http = HttpClient.newHttpClient();

  ConsoleClient(RunningConsole console) {
    this.console = console;
  }

  HttpClient http() {
    return http;
  }

  static void assertProblem(HttpResponse<String> answer, int status, String kind) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(answer.body())
        .startsWith("{\"type\":\"urn:polegate:problem:" + kind + "\",\"title\":\"")
        .contains("\"status\":" + status + ",\"detail\":\"")
        .doesNotContain("Exception", "io.polegate");
  }

  HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(console.uri(path)).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return http.send(command(path, body).build(), BodyHandlers.ofString());
  }

  HttpRequest.Builder command(String path, String body) {
    return HttpRequest.newBuilder(console.uri(path))
        .header("Content-Type", "application/json; charset=utf-8")
        .timeout(Duration.ofSeconds(40))
        .POST(BodyPublishers.ofString(body));
  }

  String raw(String head) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port())) {
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
