package io.polegate.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One thing that the platform received. */
sealed interface Received {

  /** A reading; the text is the value with its unit, or the reason why there is none. */
  record Reading(long seq, String device, String point, String text) implements Received {}

  /** An event; {@code text} holds its type and attributes. */
  record Event(long seq, String type, String text, Optional<Gap> gap) implements Received {}

  /** The answer to a command. */
  record Result(long seq, String id, String text) implements Received {}

  /** The pole came or went. */
  record PoleState(String pole, String state) implements Received {}

  /** Numbers that a gap record names. */
  record Gap(long from, long to) {}

  /**
   * Reads a message of the gateway.
   *
   * @param kind last part of the topic
   * @throws IOException if it is not what the gateway promises
   */
  static List<Received> parse(String kind, byte[] payload) throws IOException {
    return switch (kind) {
      case "telemetry" ->
          items(payload, "readings").stream().<Received>map(Received::reading).toList();
      case "events" -> items(payload, "events").stream().<Received>map(Received::event).toList();
      case "results" -> items(payload, "results").stream().<Received>map(Received::result).toList();
      case "state" -> {
        Map<String, Object> state = Json.object(payload);
        yield List.of(new PoleState(text(state, "pole"), text(state, "state")));
      }
      default -> List.of();
    };
  }

  private static List<Map<?, ?>> items(byte[] payload, String member) throws IOException {
    if (!(Json.object(payload).get(member) instanceof List<?> list)) {
      throw new IOException("no list \"" + member + "\"");
    }
    return list.stream()
        .<Map<?, ?>>map(item -> item instanceof Map<?, ?> map ? map : Map.of())
        .toList();
  }

  private static Reading reading(Map<?, ?> item) {
    String text =
        item.containsKey("bad")
            ? "bad: " + text(item, "bad")
            : (plain(item.get("value")) + " " + text(item, "unit")).strip();
    return new Reading(number(item, "seq"), text(item, "device"), text(item, "point"), text);
  }

  private static Event event(Map<?, ?> item) {
    String type = text(item, "type");
    Optional<Gap> gap =
        type.equals("gap") && item.containsKey("from")
            ? Optional.of(new Gap(number(item, "from"), number(item, "to")))
            : Optional.empty();
    return new Event(number(item, "seq"), type, (type + " " + rest(item, "type")).strip(), gap);
  }

  private static Result result(Map<?, ?> item) {
    String id = text(item, "id");
    String text = (text(item, "status") + " " + rest(item, "id", "status")).strip();
    return new Result(number(item, "seq"), id, text);
  }

  private static String rest(Map<?, ?> item, String... shown) {
    List<String> hidden = List.of("seq", "time", "lane");
    return item.entrySet().stream()
        .filter(entry -> !hidden.contains(entry.getKey()))
        .filter(entry -> !List.of(shown).contains(entry.getKey()))
        .map(entry -> entry.getKey() + "=" + plain(entry.getValue()))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static String text(Map<?, ?> item, String member) {
    return item.get(member) instanceof String text ? text : "";
  }

  private static long number(Map<?, ?> item, String member) {
    return item.get(member) instanceof Long number ? number : 0;
  }

  private static String plain(@Nullable Object value) {
    return value instanceof Double number ? Figures.of(number) : String.valueOf(value);
  }
}
