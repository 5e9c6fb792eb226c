package io.polegate.dist;

import io.polegate.testkit.mqtt.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a running gateway says over REST about its document and about what works by it. */
record GatewayView(GatewayProcess gateway) {

  /** Counters of a device. */
  record Polls(long polls, long missed, String state) {}

  /** A text as a JSON string. */
  static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  Map<String, Object> get(String path) throws IOException, InterruptedException {
    return Json.object(gateway.get(path).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Wants another document.
   *
   * @param more further members of the request, like {@code "confirmWithin":"10s"}; may be empty
   */
  Map<String, Object> change(String document, String more)
      throws IOException, InterruptedException {
    String body = "{\"document\":" + quote(document) + (more.isEmpty() ? "" : "," + more) + "}";
    return post("/api/v1/configuration", body);
  }

  Map<String, Object> post(String path, String body) throws IOException, InterruptedException {
    return Json.object(gateway.post(path, body).getBytes(StandardCharsets.UTF_8));
  }

  /** The text of the document in force; while one is on trial, of the one before. */
  String document() throws IOException, InterruptedException {
    return String.valueOf(get("/api/v1/configuration").get("document"));
  }

  /** The id of the change on trial, empty if none is. */
  String trial() throws IOException, InterruptedException {
    return get("/api/v1/configuration").get("trial") instanceof Map<?, ?> trial
        ? String.valueOf(trial.get("id"))
        : "";
  }

  /** The versions, the newest first. */
  List<Map<String, Object>> history() throws IOException, InterruptedException {
    return Json.objects(get("/api/v1/configuration/history"), "versions");
  }

  /** How often each bus was opened. */
  Map<String, Object> openings() throws IOException, InterruptedException {
    Map<String, Object> openings = new LinkedHashMap<>();
    for (Map<String, Object> bus : Json.objects(get("/api/v1/status"), "buses")) {
      openings.put(String.valueOf(bus.get("id")), bus.getOrDefault("openings", -1L));
    }
    return openings;
  }

  /** The counters of all devices. */
  Map<String, Polls> devices() throws IOException, InterruptedException {
    Map<String, Polls> devices = new LinkedHashMap<>();
    for (Map<String, Object> device : Json.objects(get("/api/v1/devices"), "devices")) {
      devices.put(
          String.valueOf(device.get("id")),
          new Polls(
              number(device, "polls"),
              number(device, "missedPolls"),
              String.valueOf(device.get("state"))));
    }
    return devices;
  }

  /** Whether each device answers. */
  boolean allOnline() throws IOException, InterruptedException {
    return devices().values().stream().allMatch(device -> device.state().equals("online"));
  }

  /** What is said of a connection. */
  Map<String, Object> uplink(String id) throws IOException, InterruptedException {
    return Json.objects(get("/api/v1/status"), "uplinks").stream()
        .filter(uplink -> id.equals(uplink.get("id")))
        .findFirst()
        .orElse(Map.of());
  }

  boolean connected(String uplink) throws IOException, InterruptedException {
    return Boolean.TRUE.equals(uplink(uplink).get("connected"));
  }

  private static long number(Map<String, Object> object, String key) {
    if (object.get(key) instanceof Long number) {
      return number;
    }
    throw new AssertionError("no " + key + ": " + object);
  }
}
