package io.polegate.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One resource and the method it answers to.
 *
 * @param path parts between slashes; {@code *} matches any one part
 */
record Route(String method, List<String> path, Exchange.Handler handler) {

  static Route get(String path, Exchange.Handler handler) {
    return new Route("GET", List.of(path.split("/", -1)), handler);
  }

  static Route post(String path, Exchange.Handler handler) {
    return new Route("POST", List.of(path.split("/", -1)), handler);
  }

  static Route delete(String path, Exchange.Handler handler) {
    return new Route("DELETE", List.of(path.split("/", -1)), handler);
  }

  /** The variable parts of {@code requested}, or empty if this is another resource. */
  Optional<List<String>> match(String requested) {
    String[] parts = requested.split("/", -1);
    if (parts.length != path.size()) {
      return Optional.empty();
    }
    List<String> variables = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      if (path.get(i).equals("*")) {
        variables.add(parts[i]);
      } else if (!path.get(i).equals(parts[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
