package io.polegate.cloud;

import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.api.live.DeviceStatus;
import io.polegate.api.live.PointStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Writes birth certificates: every metric with its name, alias, type and present value. */
final class SparkplugBirths {
  private final SparkplugModel model;
  private final SparkplugTypes types;
  private final SparkplugAliases aliases;

  /**
   * For one document.
   *
   * @param types remembers what each point was declared as
   * @param aliases remembers which each metric was given
   */
  SparkplugBirths(SparkplugModel model, SparkplugTypes types, SparkplugAliases aliases) {
    this.model = model;
    this.types = types;
    this.aliases = aliases;
  }

  /**
   * The node's.
   *
   * @param values what is known of its metrics
   */
  SparkplugMessage node(Instant now, int bdSeq, Map<SparkplugNodeMetric, Value> values) {
    SparkplugMessage birth = new SparkplugMessage();
    for (SparkplugNodeMetric metric : SparkplugNodeMetric.values()) {
      Optional<Value> value =
          switch (metric) {
            case BD_SEQ -> Optional.of(new Value.Int(bdSeq));
            case REBIRTH -> Optional.of(new Value.Bool(false));
            case PRODUCT -> Optional.of(new Value.Text("Polegate"));
            case POLE -> Optional.of(new Value.Text(model.pole().id()));
            case NAME -> name(model.pole().names()).map(Value.class::cast);
            default -> Optional.ofNullable(values.get(metric));
          };
      birth.declare(metric, now, value);
    }
    return birth;
  }

  /**
   * A device's.
   *
   * @param status what it says now; empty if it says nothing and only its past is told
   */
  SparkplugMessage device(
      SparkplugModel.Device device, Instant now, Optional<DeviceStatus> status) {
    SparkplugMessage birth = new SparkplugMessage();
    long first = aliases.give(device);
    birth.declare(
        "Properties/Name",
        first + SparkplugModel.Device.NAME,
        SparkplugType.STRING,
        now,
        name(device.spec().names()).map(Value.class::cast),
        new SparkplugProperties());
    birth.declare(
        "Properties/Profile",
        first + SparkplugModel.Device.PROFILE,
        SparkplugType.STRING,
        now,
        device.spec().profile().map(profile -> new Value.Text(profile.id())),
        new SparkplugProperties());
    for (SparkplugModel.Metric metric : device.metrics().values()) {
      declare(birth, device.spec().id(), metric, now, status);
    }
    return birth;
  }

  private void declare(
      SparkplugMessage birth,
      String device,
      SparkplugModel.Metric metric,
      Instant now,
      Optional<DeviceStatus> status) {
    PointSpec point = metric.point();
    Optional<Reading> reading = status.flatMap(live -> reading(live, point.id()));
    SparkplugType type = types.declare(device, point, reading);
    SparkplugProperties properties = properties(point);
    if (reading.isPresent()) {
      properties.quality(reading.get());
    } else {
      properties.stale();
    }
    birth.declare(
        point.id(),
        aliases.of(device, metric),
        type,
        reading.map(last -> last.time().instant()).orElse(now),
        reading.flatMap(SparkplugBirths::value),
        properties);
  }

  private static Optional<Reading> reading(DeviceStatus status, String point) {
    return status.points().stream()
        .filter(candidate -> candidate.spec().id().equals(point))
        .findFirst()
        .flatMap(PointStatus::reading);
  }

  /** The value of a reading, if it is a good one. */
  static Optional<Value> value(Reading reading) {
    return reading instanceof Reading.Good good ? Optional.of(good.value()) : Optional.empty();
  }

  private static SparkplugProperties properties(PointSpec point) {
    SparkplugProperties properties = new SparkplugProperties();
    if (!point.unit().isEmpty()) {
      properties.text(SparkplugProperties.ENG_UNIT, point.unit());
    }
    point.limits().min().ifPresent(min -> properties.number("engLow", min));
    point.limits().max().ifPresent(max -> properties.number("engHigh", max));
    name(point.names()).ifPresent(name -> properties.text("tooltip", name.value()));
    return properties.flag("readOnly", !point.access().writable());
  }

  /** English if there is such a name, else the first by language tag. */
  private static Optional<Value.Text> name(Map<String, String> names) {
    return Optional.ofNullable(names.get("en"))
        .or(
            () ->
                names.entrySet().stream().min(Map.Entry.comparingByKey()).map(Map.Entry::getValue))
        .map(Value.Text::new);
  }
}
