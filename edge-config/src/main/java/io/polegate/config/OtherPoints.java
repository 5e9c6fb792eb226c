package io.polegate.config;

import io.polegate.api.config.Coding;
import io.polegate.api.config.Coding.Factor;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PointSpec.Guard;
import io.polegate.api.config.PointSpec.Proof;
import io.polegate.api.data.Value;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What points of one device have to do with each other. Used once, by one thread. */
final class OtherPoints {
  private static final Setting<Double> FACTOR = Setting.real("factor");
  private final Map<String, PointDraft> drafts;
  private final Section device;
  private final Findings findings;

  OtherPoints(Map<String, PointDraft> drafts, Section device, Findings findings) {
    this.drafts = drafts;
    this.device = device;
    this.findings = findings;
  }

  /** The point with everything that other points tell it. */
  PointSpec tied(PointDraft draft) {
    PointSpec spec = draft.spec();
    Coding coding = spec.coding();
    List<Factor> factors = factors(draft);
    return new PointSpec(
        spec.id(),
        spec.names(),
        spec.settings(),
        new Coding(
            coding.scale(),
            coding.offset(),
            coding.negativeFrom(),
            coding.curve(),
            coding.values(),
            coding.fault(),
            coding.absent(),
            factors),
        spec.unit(),
        spec.access(),
        spec.limits(),
        spec.report(),
        spec.heartbeat(),
        spec.poll(),
        guards(draft),
        proof(draft));
  }

  /** What points have to be while the device is in operation. */
  Map<String, Value> setup(Node.Table setup) {
    Map<String, Value> values = new LinkedHashMap<>();
    setup
        .entries()
        .forEach(
            (point, entry) ->
                find(point, entry.place(), Keys.SETUP + " of " + device.name())
                    .ifPresent(
                        draft -> {
                          if (!draft.spec().access().writable()
                              || !draft.spec().access().readable()) {
                            findings.add(
                                entry.place(),
                                Keys.SETUP
                                    + " of "
                                    + device.name()
                                    + ": "
                                    + draft.section().name()
                                    + " is not read and written: write access: read-write there");
                          }
                          value(draft, entry, Keys.SETUP + " of " + device.name())
                              .ifPresent(value -> values.put(point, checked(draft, entry, value)));
                        }));
    return values;
  }

  private Value checked(PointDraft draft, Node.Entry entry, Value value) {
    if (value.type().isNumber() && !draft.spec().limits().contain(Coding.number(value))) {
      findings.add(
          entry.place(),
          Keys.SETUP
              + " of "
              + device.name()
              + ": is outside of min to max of "
              + draft.section().name()
              + ": write a value that commands may have");
    }
    return value;
  }

  private List<Factor> factors(PointDraft draft) {
    List<Factor> factors = new ArrayList<>();
    String name = Keys.SCALE_FROM + " of " + draft.section().name();
    Node.Table table = draft.child().table().table(Keys.SCALE_FROM);
    table
        .entries()
        .forEach(
            (point, entry) ->
                readable(point, entry.place(), name)
                    .ifPresent(
                        other ->
                            factors.add(new Factor(point, byValue(table, point, other, name)))));
    return factors;
  }

  private Map<Value, Double> byValue(
      Node.Table factors, String point, PointDraft other, String name) {
    Map<Value, Double> byValue = new HashMap<>();
    factors
        .table(point)
        .entries()
        .forEach(
            (text, entry) -> {
              // a table may be for several options, each of which knows other names
              boolean names = !other.spec().coding().values().isEmpty();
              Optional<Value> value =
                  other
                      .value(text)
                      .or(() -> names ? Optional.of(new Value.Text(text)) : Optional.empty());
              Optional<Double> factor =
                  entry.value() instanceof Node.Text number
                      ? factor(number.value())
                      : Optional.empty();
              if (value.isPresent() && factor.isPresent()) {
                byValue.put(value.get(), factor.get());
              } else {
                findings.add(
                    entry.place(),
                    name
                        + ": write VALUE: FACTOR for values of "
                        + other.section().name()
                        + " and factors other than 0");
              }
            });
    if (byValue.isEmpty()) {
      findings.add(
          factors.place(point), name + ": tells no factors: write " + point + ": {0: 1, 1: 0.1}");
    }
    return byValue;
  }

  private static Optional<Double> factor(String text) {
    try {
      return Optional.of(FACTOR.parse(text)).filter(factor -> factor != 0);
    } catch (InvalidSettingException e) {
      return Optional.empty(); // the caller says so in its own words
    }
  }

  private List<Guard> guards(PointDraft draft) {
    List<Guard> guards = new ArrayList<>();
    String name = Keys.REFUSE_IF + " of " + draft.section().name();
    draft
        .child()
        .table()
        .table(Keys.REFUSE_IF)
        .entries()
        .forEach(
            (point, entry) ->
                readable(point, entry.place(), name)
                    .flatMap(other -> value(other, entry, name))
                    .ifPresent(value -> guards.add(new Guard(point, value))));
    if (!draft.spec().access().writable()) {
      draft
          .child()
          .table()
          .entry(Keys.REFUSE_IF)
          .ifPresent(
              entry ->
                  findings.add(
                      entry.place(), name + ": is for points that are written: remove it"));
    }
    return guards;
  }

  private Optional<Proof> proof(PointDraft draft) {
    Section section = draft.section();
    boolean written =
        section.has(Keys.READ_BACK)
            || section.has(Keys.READ_BACK_POINT.key())
            || section.has(Keys.READ_BACK_WITHIN.key())
            || section.has(Keys.READ_BACK_EVERY.key());
    if (!written) {
      return Optional.empty();
    }
    String point = section.value(Keys.READ_BACK_POINT).orElse(draft.spec().id());
    if (!draft.spec().access().writable()) {
      section.report(Keys.READ_BACK, "is for points that are written: remove it");
    }
    String name = Keys.READ_BACK + " of " + section.name();
    readable(point, draft.child().place(Keys.READ_BACK), name);
    return section
        .value(Keys.READ_BACK_WITHIN)
        .flatMap(
            within ->
                section.value(Keys.READ_BACK_EVERY).map(every -> new Proof(point, within, every)));
  }

  private Optional<PointDraft> readable(String point, Place place, String name) {
    Optional<PointDraft> found = find(point, place, name);
    if (found.isPresent() && !found.get().spec().access().readable()) {
      findings.add(
          place,
          name + ": " + found.get().section().name() + " is not read: write access: read there");
    }
    return found;
  }

  private Optional<PointDraft> find(String point, Place place, String name) {
    PointDraft draft = drafts.get(point);
    if (draft == null) {
      findings.add(
          place, name + ": " + Nearest.none("point", point, new TreeSet<>(drafts.keySet())));
    }
    return Optional.ofNullable(draft);
  }

  private Optional<Value> value(PointDraft other, Node.Entry entry, String name) {
    Optional<Value> value =
        entry.value() instanceof Node.Text text ? other.value(text.value()) : Optional.empty();
    if (value.isEmpty()) {
      findings.add(
          entry.place(),
          name + ": " + other.section().name() + " cannot have this value: " + other.form());
    }
    return value;
  }
}
