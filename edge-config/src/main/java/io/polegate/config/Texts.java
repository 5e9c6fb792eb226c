package io.polegate.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads lists of texts, and single texts where a list of one is meant. Stateless. */
final class Texts {
  private Texts() {}

  /** One text of a list and its place. */
  record Item(Place place, String value) {}

  /** The list behind a key; empty if there is nothing. */
  static List<Item> list(Child child, String key, Findings findings) {
    Node.Entry entry = child.table().entries().get(key);
    return entry == null ? List.of() : list(entry.value(), key + " of " + child.name(), findings);
  }

  /**
   * The list in a node.
   *
   * @param name for messages
   */
  static List<Item> list(Node node, String name, Findings findings) {
    List<Item> items = new ArrayList<>();
    if (node instanceof Node.Sequence sequence) {
      for (Node item : sequence.items()) {
        text(item).ifPresentOrElse(items::add, () -> wrong(item, name, findings));
      }
    } else {
      text(node).ifPresentOrElse(items::add, () -> wrong(node, name, findings));
    }
    return items;
  }

  private static Optional<Item> text(Node node) {
    return node instanceof Node.Text text
        ? Optional.of(new Item(text.place(), text.value()))
        : Optional.empty();
  }

  private static void wrong(Node node, String name, Findings findings) {
    findings.add(node.place(), name + ": must be a list of texts: write [one, another]");
  }
}
