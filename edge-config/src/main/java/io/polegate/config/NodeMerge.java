package io.polegate.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Lays one table over another. Stateless. */
final class NodeMerge {
  private NodeMerge() {}

  /**
   * Both, table by table; what {@code top} says counts, and a key with nothing behind it removes
   * what {@code base} says.
   */
  static Node.Table over(Node.Table base, Node.Table top) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>(base.entries());
    top.entries()
        .forEach(
            (key, entry) -> {
              Node.Entry below = entries.get(key);
              if (below != null && entry.value() instanceof Node.Empty) {
                entries.remove(key);
              } else {
                entries.put(key, below == null ? entry : over(below, entry));
              }
            });
    return new Node.Table(top.place(), entries);
  }

  private static Node.Entry over(Node.Entry base, Node.Entry top) {
    return base.value() instanceof Node.Table below && top.value() instanceof Node.Table above
        ? new Node.Entry(top.place(), over(below, above))
        : top;
  }

  /** The table without these keys. */
  static Node.Table without(Node.Table table, Set<String> keys) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>(table.entries());
    entries.keySet().removeAll(keys);
    return new Node.Table(table.place(), entries);
  }

  /** The table with one key more, or with another value behind it. */
  static Node.Table with(Node.Table table, String key, Node.Entry entry) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>(table.entries());
    entries.put(key, entry);
    return new Node.Table(table.place(), entries);
  }
}
