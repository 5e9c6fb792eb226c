package io.polegate.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Collects what is wrong with one document, each thing once. What concerns only what may be left
 * out goes to a {@link #part}. Not thread-safe.
 */
final class Findings {
  /** A document with more problems than this is not a pole's document. */
  static final int MAX_PROBLEMS = 1000;

  private static final int MAX_NAMES = 12;
  private static final int MAX_SORTED = 200;
  private static final int MAX_SHOWN = 80;
  private final String file;
  private final Set<Problem> all;
  private final Set<Problem> own = new LinkedHashSet<>();
  private final Set<Problem> notes;
  private int dropped;

  Findings(String file) {
    this(file, new LinkedHashSet<>(), new LinkedHashSet<>());
  }

  private Findings(String file, Set<Problem> all, Set<Problem> notes) {
    this.file = file;
    this.all = all;
    this.notes = notes;
  }

  /** Collects into the same document, and apart from the rest of it. */
  Findings part() {
    return new Findings(file, all, notes);
  }

  /** Something is wrong at a place. */
  void add(Place place, String message) {
    if (isFull()) {
      dropped++;
    }
    // other parts may have filled the list, and yet this one is not in order
    if (!isFull() || own.isEmpty()) {
      String in = place.file().isEmpty() ? file : place.file();
      Problem problem = new Problem(in, place.line(), place.column(), oneLine(message));
      own.add(problem);
      if (!isFull()) {
        all.add(problem);
      }
    }
  }

  /** Nothing is wrong at a place, and yet somebody should know. */
  void note(Place place, String message) {
    if (notes.size() < MAX_PROBLEMS) {
      notes.add(new Problem(file, place.line(), place.column(), oneLine(message)));
    }
  }

  /** Every note, in the order of the document. */
  List<Problem> notes() {
    return notes.stream().sorted().toList();
  }

  /** Whether more would not be shown anyway. */
  boolean isFull() {
    return all.size() >= MAX_PROBLEMS;
  }

  /** What was found in this part, the first in the order of the document; empty if nothing. */
  Optional<Problem> first() {
    return own.stream().sorted().findFirst();
  }

  /** Everything found in the document, parts included, in its order. */
  List<Problem> sorted() {
    String rest = "and " + dropped + " more problems that are not shown: correct these first";
    Stream<Problem> more = dropped == 0 ? Stream.empty() : Stream.of(new Problem(file, 0, 0, rest));
    return Stream.concat(all.stream().sorted(), more).toList();
  }

  /** Text of the user's in quotes, safe to print. */
  static String quote(String text) {
    return '"' + shorten(text) + '"';
  }

  /** Text of the user's, at most some 80 characters of it. */
  static String shorten(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  /** Names to choose from. */
  static String list(Set<String> names) {
    String listed =
        names.stream()
            .limit(MAX_SORTED)
            .sorted()
            .limit(MAX_NAMES)
            .collect(Collectors.joining(", "));
    return names.size() <= MAX_NAMES ? listed : listed + ", …";
  }

  /** The same text with spaces for what would break the line or steer a terminal. */
  static String oneLine(String message) {
    StringBuilder line = new StringBuilder(message.length());
    message
        .codePoints()
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }
}
