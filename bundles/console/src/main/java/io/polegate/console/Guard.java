package io.polegate.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps other web sites out while the console has no users. It listens on the loopback interface
 * only, but a browser on the same machine would carry a stranger's request there: by a name that
 * was pointed at 127.0.0.1 (DNS rebinding) or by a form of another site (CSRF).
 */
final class Guard {
  private static final Set<String> OWN_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD");

  private Guard() {}

  static void check(HttpServletRequest request) throws RefusedException {
    String host = header(request, "Host").toLowerCase(Locale.ROOT);
    if (!OWN_HOSTS.contains(PORT.matcher(host).replaceFirst(""))) {
      throw new RefusedException(
          new Problem(
              421,
              "foreign-host",
              "The console does not answer to this name",
              "open it as http://localhost or http://127.0.0.1 on the gateway itself"));
    }
    if (HARMLESS.contains(request.getMethod())) {
      return;
    }
    String origin = header(request, "Origin").toLowerCase(Locale.ROOT);
    if (!origin.isEmpty()
        && !origin.equals("http://" + host)
        && !origin.equals("https://" + host)) {
      throw new RefusedException(
          new Problem(
              403,
              "foreign-origin",
              "Another site may not change anything here",
              "send the request from the console's own page, or without an Origin header"));
    }
  }

  private static String header(HttpServletRequest request, String name) {
    return Optional.ofNullable(request.getHeader(name)).orElse("");
  }
}
