package io.polegate.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of a document and its place. Immutable; parts behind an alias are shared. */
sealed interface Node {

  /** Where it starts. */
  Place place();

  /** A single value, as it was written. */
  record Text(Place place, String value) implements Node {}

  /** What was put in the place of the name of a secret, and only settings may take. */
  record Secret(Place place, String value) implements Node {
    @Override
    public String toString() {
      return "Secret[" + place + "]";
    }
  }

  /**
   * A secret was written that is not there.
   *
   * @param name of the secret
   */
  record Missing(Place place, String name) implements Node {}

  /** Nothing was written, or {@code null}. */
  record Empty(Place place) implements Node {}

  /** A list. */
  record Sequence(Place place, List<Node> items) implements Node {}

  /**
   * Keys and what is behind them.
   *
   * @param entries in the order of the document
   */
  record Table(Place place, Map<String, Entry> entries) implements Node {

    /** A key and what is behind it. */
    Optional<Entry> entry(String key) {
      return Optional.ofNullable(entries.get(key));
    }

    /** The place of a key, or of the whole if it is not there. */
    Place place(String key) {
      Entry entry = entries.get(key);
      return entry == null ? place : entry.place();
    }

    /** What is behind a key; empty if it is not there or no table. */
    Table table(String key) {
      Entry entry = entries.get(key);
      return entry != null && entry.value() instanceof Table table
          ? table
          : new Table(place, Map.of());
    }

    /** The text behind a key; empty if there is none. */
    String text(String key) {
      Entry entry = entries.get(key);
      return entry != null && entry.value() instanceof Text text ? text.value() : "";
    }
  }

  /**
   * One key of a table.
   *
   * @param place of the key
   */
  record Entry(Place place, Node value) {}
}
