package io.polegate.core;

import io.polegate.api.config.Coding;
import io.polegate.api.data.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The values that a device has to have, and how far it is known that it has them: looked at
 * whenever it comes online, and each written once at most until it was offline again, because such
 * writes wear a device's memory. Confined to the thread of the bus.
 */
final class Setup {
  /** A device that answers its polls but not these looks is given up after so many. */
  private static final int MOST_LOOKS = 3;

  private final List<Item> items;
  private final Map<String, String> mistakes;
  private final Queue<Wrong> wrong = new ArrayDeque<>();
  private final Set<Item> tried = new HashSet<>();
  private final Map<String, String> written = new LinkedHashMap<>();
  private final Map<String, String> problems = new LinkedHashMap<>();
  private boolean due;
  private int looks;

  /** A point and the value that it has to have. */
  record Item(PolledPoint point, Value value) {
    String id() {
      return point.spec().id();
    }

    private Optional<String> mistake() {
      if (!point.spec().access().readable() || !point.spec().access().writable()) {
        return Optional.of("has to be readable and writable");
      }
      return value.type().isNumber() && !point.spec().limits().contain(Coding.number(value))
          ? Optional.of("may not be " + Words.of(value) + " by its limits")
          : Optional.empty();
    }
  }

  /**
   * A point that has another value.
   *
   * @param raw what has to be written
   * @param was what it had, for a person
   */
  record Wrong(Item item, Value raw, String was) {}

  /**
   * For a device that was not online yet.
   *
   * @param values by id of the point, in the unit
   * @param points of the device, in the order in which they are written
   */
  Setup(Map<String, Value> values, List<PolledPoint> points) {
    List<Item> good = new ArrayList<>();
    Map<String, String> bad = new TreeMap<>();
    values.keySet().forEach(id -> bad.put(id, "is no point of the device"));
    for (PolledPoint point : points) {
      Optional.ofNullable(values.get(point.spec().id()))
          .map(value -> new Item(point, value))
          .ifPresent(
              item ->
                  item.mistake()
                      .ifPresentOrElse(
                          mistake -> bad.put(item.id(), mistake),
                          () -> {
                            bad.remove(item.id());
                            good.add(item);
                          }));
    }
    this.items = List.copyOf(good);
    this.mistakes = bad;
  }

  List<Item> items() {
    return items;
  }

  /** It has to be looked at; what was written before and not told yet is told then. */
  void cameOnline() {
    wrong.clear();
    tried.clear();
    problems.clear();
    problems.putAll(mistakes);
    looks = 0;
    due = !items.isEmpty() || !mistakes.isEmpty();
  }

  /** Whether there is something to do. */
  boolean isDue() {
    return due;
  }

  /** What has to be written next; empty if the device has to be looked at first. */
  Optional<Wrong> next() {
    return Optional.ofNullable(wrong.poll());
  }

  /** A look begins. */
  void looking() {
    looks++;
  }

  /** Whether a look that was not answered may be repeated. */
  boolean mayLookAgain() {
    return looks < MOST_LOOKS;
  }

  /**
   * Takes what a look showed of an item that has another value.
   *
   * @param was what it showed, for a person
   */
  void differs(Item item, String was) {
    Optional<Value> raw = item.point().toRaw(item.value());
    if (tried.contains(item)) {
      problems.putIfAbsent(item.id(), "reads " + was + ", not " + Words.of(item.value()));
    } else if (raw.isEmpty()) {
      problems.put(item.id(), "cannot be " + Words.of(item.value()));
    } else {
      wrong.add(new Wrong(item, raw.get(), was));
    }
  }

  /** It is being written, the one time. */
  void writing(Wrong next) {
    tried.add(next.item());
    Item item = next.item();
    written.put(item.id(), Words.of(item.value()) + " (was " + next.was() + ")");
  }

  /** The device refused what was to be written. */
  void refused(Item item, String why) {
    written.remove(item.id());
    failed(item, why);
  }

  /** It does not have the value. */
  void failed(Item item, String why) {
    problems.put(item.id(), why);
  }

  /** It has the value. */
  void has(Item item) {
    problems.remove(item.id());
  }

  /** The device did not answer: it is looked at again when it does, or given up. */
  void unanswered(String why) {
    wrong.clear();
    if (!mayLookAgain()) {
      problems.put("device", "did not answer: " + why);
      due = false;
    }
  }

  /** Something was done: it is over if nothing is left to be written. */
  void done() {
    due = !wrong.isEmpty();
  }

  /** Hands out what was written since the last time, for a person. */
  String written() {
    String text = join(written, "=");
    written.clear();
    return text;
  }

  /** What is wrong, for a person; empty if nothing is. */
  String problems() {
    return join(problems, " ");
  }

  private static String join(Map<String, String> words, String with) {
    return words.entrySet().stream()
        .map(entry -> entry.getKey() + with + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
