package io.polegate.config;

import io.polegate.api.config.Coding;
import io.polegate.api.config.Coding.Meaning;
import io.polegate.api.config.Coding.RawRange;
import io.polegate.api.config.Curve;
import io.polegate.api.data.Value;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the raw values of one point mean. Used once, by one thread. */
final class CodingReader {
  private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+)");
  private static final Setting<Long> RAW =
      Setting.of("raw", "a whole number, decimal or 0x hexadecimal", Long::decode);
  private static final Setting<Double> NUMBER = Setting.real("number");
  private final Child point;
  private final Section section;
  private final Findings findings;

  CodingReader(Child point, Section section, Findings findings) {
    this.point = point;
    this.section = section;
    this.findings = findings;
  }

  /** Everything but the factors, which depend on other points. */
  Coding read() {
    return new Coding(
        section.value(Keys.SCALE).orElse(1.0),
        section.value(Keys.OFFSET).orElse(0.0),
        section.value(Keys.NEGATIVE_FROM).map(OptionalLong::of).orElse(OptionalLong.empty()),
        section.value(Keys.CURVE).orElse(Curve.LINEAR),
        values(),
        ranges(Keys.FAULT),
        ranges(Keys.ABSENT),
        List.of());
  }

  private List<Meaning> values() {
    Node.Entry entry = point.table().entries().get(Keys.VALUES);
    if (entry == null) {
      return List.of();
    }
    List<Meaning> values = new ArrayList<>();
    point
        .table()
        .table(Keys.VALUES)
        .entries()
        .forEach((name, value) -> meaning(name, value).ifPresent(values::add));
    if (values.isEmpty() && point.table().table(Keys.VALUES).entries().isEmpty()) {
      report(entry.place(), Keys.VALUES, "must be a table: write values: {open: 0, closed: 1}");
    }
    long truths = values.stream().filter(value -> value.value() instanceof Value.Bool).count();
    if (truths > 0 && truths < values.size()) {
      report(entry.place(), Keys.VALUES, "has true or false beside other names: rename them");
    }
    return values;
  }

  private Optional<Meaning> meaning(String name, Node.Entry entry) {
    boolean truth = name.equals("true") || name.equals("false");
    if (!Keys.ID.matcher(name).matches()) {
      report(
          entry.place(),
          Keys.VALUES,
          Findings.quote(name) + " is no name: write 1 to 64 of a-z, 0-9 and -");
      return Optional.empty();
    }
    Node raw = entry.value();
    Map<String, String> names = new HashMap<>();
    if (raw instanceof Node.Table table) {
      for (String language : List.of("zh", "en")) {
        if (!table.text(language).isBlank()) {
          names.put(language, table.text(language));
        }
      }
      raw = table.entry("raw").map(Node.Entry::value).orElse(raw);
    }
    Value value = truth ? new Value.Bool(name.equals("true")) : new Value.Text(name);
    return raw(raw).map(number -> new Meaning(value, number, names));
  }

  private Optional<Long> raw(Node node) {
    try {
      if (node instanceof Node.Text text) {
        return Optional.of(RAW.parse(text.value()));
      }
      report(
          node.place(),
          Keys.VALUES,
          "a raw number is missing: write closed: 0xF0 or closed: {raw: 0xF0, zh: …}");
    } catch (InvalidSettingException e) {
      report(node.place(), Keys.VALUES, String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private List<RawRange> ranges(String key) {
    List<RawRange> ranges = new ArrayList<>();
    for (Texts.Item item : Texts.list(point, key, findings)) {
      Matcher matcher = RANGE.matcher(item.value());
      boolean two = matcher.matches();
      Optional<Double> from = number(two ? matcher.group(1) : item.value());
      Optional<Double> to = two ? number(matcher.group(2)) : from;
      if (from.isPresent() && to.isPresent() && from.get() <= to.get()) {
        ranges.add(new RawRange(from.get(), to.get()));
      } else {
        report(
            item.place(),
            key,
            Findings.quote(item.value()) + " is no raw number: write 0x7FFF or 0xFFFD..0xFFFE");
      }
    }
    return ranges;
  }

  private static Optional<Double> number(String text) {
    try {
      return text.startsWith("0x") || text.startsWith("0X")
          ? Optional.of((double) RAW.parse(text))
          : Optional.of(NUMBER.parse(text));
    } catch (InvalidSettingException e) {
      return Optional.empty(); // the caller says so in its own words
    }
  }

  private void report(Place place, String key, String problem) {
    findings.add(place, key + " of " + section.name() + ": " + problem);
  }
}
