package io.polegate.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Makes nodes of the events of one YAML document. Bounded in depth, in the length of texts and in
 * the number of nodes with every alias counted in full, so that no document can make it run away.
 * Used once, by one thread.
 */
final class YamlReader {
  static final int MAX_DEPTH = 10;
  static final int MAX_NODES = 100_000;
  static final int MAX_TEXT = 4096;
  static final int MAX_KEY = 64;
  private static final String MERGE = "<<";
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private record Anchored(Node node, int size) {}

  private final Iterator<Event> events;
  private final Findings findings;
  private final String file;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int nodes;

  /**
   * Reads nothing yet.
   *
   * @param file for places, see {@link Place#file}
   */
  YamlReader(Iterable<Event> events, Findings findings, String file) {
    this.file = file;
    this.events = events.iterator();
    this.findings = findings;
  }

  /** The only document of the stream; empty if there is none. */
  Optional<Node> read() throws SyntaxException {
    Optional<Node> document = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.DocumentStart) {
        if (document.isPresent()) {
          throw new SyntaxException(
              place(event), "a second document starts here: write one document per file");
        }
        document = Optional.of(node(events.next(), 0));
      }
    }
    return document;
  }

  private Node node(Event event, int depth) throws SyntaxException {
    int before = nodes;
    count(1, event);
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    if (depth > MAX_DEPTH) {
      throw new SyntaxException(
          place(event), "nested deeper than " + MAX_DEPTH + " levels: no key needs that");
    }
    Node node = fresh(event, depth);
    if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
      anchors.put(named.getAnchor().get(), new Anchored(node, nodes - before));
    }
    return node;
  }

  private Node aliased(AliasEvent alias) throws SyntaxException {
    Anchored target = anchors.get(alias.getAlias());
    if (target == null) {
      throw new SyntaxException(
          place(alias),
          "nothing above is named &" + alias.getAlias() + ": define it before this alias");
    }
    count(target.size(), alias);
    return target.node();
  }

  private Node fresh(Event event, int depth) throws SyntaxException {
    if (event instanceof ScalarEvent scalar) {
      rejectTag(scalar.getTag(), event);
      return text(scalar);
    }
    if (event instanceof CollectionStartEvent collection) {
      rejectTag(collection.getTag(), event);
    }
    return event.getEventId() == Event.ID.SequenceStart
        ? sequence(event, depth)
        : table(event, depth);
  }

  private Node text(ScalarEvent scalar) throws SyntaxException {
    String value = scalar.getValue();
    if (value.length() > MAX_TEXT) {
      throw new SyntaxException(
          place(scalar), "a text is longer than " + MAX_TEXT + " characters: is a quote missing?");
    }
    return scalar.isPlain() && NULLS.contains(value)
        ? new Node.Empty(place(scalar))
        : new Node.Text(place(scalar), value);
  }

  private Node sequence(Event start, int depth) throws SyntaxException {
    List<Node> items = new ArrayList<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      items.add(node(next, depth + 1));
    }
    return new Node.Sequence(place(start), List.copyOf(items));
  }

  private Node table(Event start, int depth) throws SyntaxException {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.MappingEnd;
        next = events.next()) {
      Place place = place(next);
      String key = key(next);
      Node value = node(events.next(), depth + 1);
      if (key.equals(MERGE)) {
        merged.add(value);
      } else {
        Node.Entry first = entries.putIfAbsent(key, new Node.Entry(place, value));
        if (first != null) {
          findings.add(place, duplicate(key, first));
        }
      }
    }
    for (Node from : merged) {
      merge(from, entries);
    }
    return new Node.Table(place(start), entries);
  }

  private static String duplicate(String key, Node.Entry first) {
    return Findings.quote(key)
        + " is written twice here, first in line "
        + first.place().line()
        + ": keep one of the two";
  }

  private void merge(Node from, Map<String, Node.Entry> into) {
    if (from instanceof Node.Table table) {
      table.entries().forEach(into::putIfAbsent);
    } else if (from instanceof Node.Sequence sequence
        && sequence.items().stream().allMatch(Node.Table.class::isInstance)) {
      sequence.items().forEach(item -> merge(item, into));
    } else {
      findings.add(from.place(), "\"<<\" takes a table in: write an alias of one, like <<: *lamp");
    }
  }

  private String key(Event event) throws SyntaxException {
    count(1, event);
    Node key =
        event instanceof AliasEvent alias
            ? aliased(alias)
            : event instanceof ScalarEvent scalar ? text(scalar) : new Node.Empty(place(event));
    if (!(key instanceof Node.Text text)) {
      throw new SyntaxException(place(event), "a key is missing here: write key: value");
    }
    if (text.value().length() > MAX_KEY) {
      throw new SyntaxException(
          place(event), "a key is longer than " + MAX_KEY + " characters: no key needs that");
    }
    return text.value();
  }

  private void count(int more, Event event) throws SyntaxException {
    nodes += more;
    if (nodes > MAX_NODES) {
      throw new SyntaxException(
          place(event),
          "more than "
              + MAX_NODES
              + " values, counting what aliases repeat: no pole needs that many");
    }
  }

  private void rejectTag(Optional<String> tag, Event event) throws SyntaxException {
    if (tag.isPresent()) {
      throw new SyntaxException(
          place(event), "the tag " + Findings.quote(tag.get()) + " has no use here: remove it");
    }
  }

  private Place place(Event event) {
    return event
        .getStartMark()
        .map(mark -> new Place(file, mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(Place.START.in(file));
  }
}
