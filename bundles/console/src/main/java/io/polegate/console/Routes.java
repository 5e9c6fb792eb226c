package io.polegate.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All resources. Thread-safe. */
record Routes(List<Route> all) {
  private static final String SCRIPT = "text/javascript;charset=utf-8";
  private static final String PREACT =
      "/META-INF/resources/webjars/preact/10.28.0/dist/preact.module.js";
  private static final List<String> SCRIPTS =
      List.of("app.js", "view.js", "control.js", "model.js", "stream.js", "format.js", "i18n.js");

  static Routes of(
      Gateway gateway,
      EventStream stream,
      Past past,
      Commands commands,
      Technician technician,
      Documents documents,
      SecretNames secrets) {
    List<Route> all = new ArrayList<>();
    all.add(Route.get("/healthz", new HealthResource(gateway)));
    all.add(
        Route.get(
            "/api/v1/status",
            exchange -> exchange.sendJson(JsonText.of(new StatusJson(gateway.now())))));
    all.add(
        Route.get(
            "/api/v1/devices", exchange -> exchange.sendJson(SnapshotJson.devices(gateway.now()))));
    all.add(Route.get("/api/v1/devices/*", exchange -> device(gateway, exchange)));
    all.add(Route.post("/api/v1/devices/*/points/*", commands::post));
    all.add(Route.get("/api/v1/devices/*/points/*/history", past::history));
    all.add(Route.get("/api/v1/events", past::events));
    all.add(Route.get("/api/v1/stream", stream::get));
    addTools(all, technician);
    addConfiguration(all, documents, secrets);
    addPage(all);
    return new Routes(List.copyOf(all));
  }

  private static void addTools(List<Route> all, Technician technician) {
    all.add(Route.get("/api/v1/buses/*/trace", technician::trace));
    all.add(Route.post("/api/v1/buses/*/request", technician::request));
    all.add(Route.get("/api/v1/buses/*/browse", technician::browse));
    all.add(Route.post("/api/v1/scan", technician::startScan));
    all.add(Route.get("/api/v1/scan", technician::showScan));
    all.add(Route.delete("/api/v1/scan", technician::stopScan));
  }

  private static void addConfiguration(List<Route> all, Documents documents, SecretNames secrets) {
    all.add(Route.get("/api/v1/configuration", documents::get));
    all.add(Route.post("/api/v1/configuration", documents::change));
    all.add(Route.post("/api/v1/configuration/check", documents::check));
    all.add(Route.post("/api/v1/configuration/rollback", documents::rollBack));
    all.add(Route.post("/api/v1/configuration/trial", documents::verdict));
    all.add(Route.get("/api/v1/configuration/history", documents::history));
    all.add(Route.get("/api/v1/configuration/history/*", documents::version));
    all.add(Route.get("/api/v1/secrets", secrets::get));
    all.add(Route.post("/api/v1/secrets", secrets::put));
    all.add(Route.delete("/api/v1/secrets/*", secrets::delete));
  }

  private static void addPage(List<Route> all) {
    all.add(Route.get("/", PageFile.of("/web/index.html", "text/html;charset=utf-8")));
    all.add(Route.get("/style.css", PageFile.of("/web/style.css", "text/css;charset=utf-8")));
    PageFile icon = PageFile.of("/web/favicon.svg", "image/svg+xml");
    all.add(Route.get("/favicon.svg", icon));
    all.add(Route.get("/favicon.ico", icon));
    for (String script : SCRIPTS) {
      all.add(Route.get("/" + script, PageFile.of("/web/" + script, SCRIPT)));
    }
    all.add(Route.get("/lib/preact.module.js", PageFile.of(PREACT, SCRIPT)));
  }

  private static void device(Gateway gateway, Exchange exchange)
      throws IOException, RefusedException {
    String id = exchange.variables().get(0);
    Snapshot now = gateway.now();
    DeviceJson device =
        now.device(id)
            .map(status -> DeviceJson.of(status, now))
            .orElseThrow(
                () ->
                    new RefusedException(
                        Problem.notFound("the list of devices is at /api/v1/devices")));
    exchange.sendJson(JsonText.of(device));
  }

  void serve(HttpServletRequest request, HttpServletResponse response)
      throws IOException, RefusedException {
    String path = Optional.ofNullable(request.getPathInfo()).orElse("/");
    // the container leaves out the body of an answer to HEAD
    String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    Set<String> allowed = new TreeSet<>();
    for (Route route : all) {
      Optional<List<String>> variables = route.match(path);
      if (variables.isPresent() && route.method().equals(method)) {
        route.handler().handle(new Exchange(request, response, variables.get()));
        return;
      }
      variables.ifPresent(some -> allowed.add(route.method()));
    }
    if (allowed.isEmpty()) {
      throw new RefusedException(Problem.notFound("nothing is served under this path"));
    }
    response.setHeader("Allow", String.join(", ", allowed));
    throw new RefusedException(
        new Problem(405, "wrong-method", "This method is not served here", "see the header Allow"));
  }
}
