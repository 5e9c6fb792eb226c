package io.polegate.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts secrets in the place of <code>${secret:name}</code>. Stateless. */
final class SecretReferences {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([a-z0-9-]{1,64})}");
  private static final String START = "${secret:";

  private SecretReferences() {}

  /** The same table with secrets in it. */
  static Node.Table resolve(Node.Table table, Secrets secrets) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    table
        .entries()
        .forEach(
            (key, entry) ->
                entries.put(key, new Node.Entry(entry.place(), resolve(entry.value(), secrets))));
    return new Node.Table(table.place(), entries);
  }

  /** Whether a secret in it is not there. */
  static boolean lacksOne(Node node) {
    return node instanceof Node.Missing
        || (node instanceof Node.Table table
            && table.entries().values().stream().anyMatch(entry -> lacksOne(entry.value())));
  }

  /** Whether somebody meant a secret and did not write it as one. */
  static boolean isMalformed(Node.Text text) {
    return text.value().contains(START);
  }

  private static Node resolve(Node node, Secrets secrets) {
    if (node instanceof Node.Table table) {
      return resolve(table, secrets);
    }
    if (node instanceof Node.Text text) {
      Matcher reference = REFERENCE.matcher(text.value());
      return reference.matches() ? secret(text, reference.group(1), secrets) : node;
    }
    return node;
  }

  private static Node secret(Node.Text text, String name, Secrets secrets) {
    Optional<String> found = secrets.find(name);
    return found.isPresent()
        ? new Node.Secret(text.place(), found.get())
        : new Node.Missing(text.place(), name);
  }
}
