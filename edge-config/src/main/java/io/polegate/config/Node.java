package io.polegate.config;

import java.util.List;
import java.util.Map;

/** A part of a document and its place. Immutable; parts behind an alias are shared. */
sealed interface Node {

  /** Where it starts. */
  Place place();

  /** A single value, as it was written. */
  record Text(Place place, String value) implements Node {}

  /** Nothing was written, or {@code null}. */
  record Empty(Place place) implements Node {}

  /** A list. */
  record Sequence(Place place, List<Node> items) implements Node {}

  /**
   * Keys and what is behind them.
   *
   * @param entries in the order of the document
   */
  record Table(Place place, Map<String, Entry> entries) implements Node {}

  /**
   * One key of a table.
   *
   * @param place of the key
   */
  record Entry(Place place, Node value) {}
}
