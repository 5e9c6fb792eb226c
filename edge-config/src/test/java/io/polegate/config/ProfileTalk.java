package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Decoded;
import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.InvalidSettingException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the points of a profile through its driver, as the core does. */
final class ProfileTalk implements AutoCloseable {
  private final Driver driver;
  private final Map<String, PointSpec> specs = new LinkedHashMap<>();
  private final Map<String, Point> points = new HashMap<>();
  private final Map<String, Value> known = new HashMap<>();

  ProfileTalk(ProfileDocument document) throws InvalidSettingException, DriverException {
    driver = document.factory().create(document.bus().settings());
    for (PointSpec spec : document.device().points()) {
      specs.put(spec.id(), spec);
      points.put(spec.id(), driver.point(document.device().settings(), spec.settings()));
    }
    driver.open();
  }

  /** What these points show, in their unit, in one read. */
  Map<String, Decoded> read(List<String> ids) throws DriverException {
    List<Sample> samples = driver.read(ids.stream().map(this::point).toList());
    known.clear();
    // those that tell the scale of others first
    decode(ids, samples, false);
    return decode(ids, samples, true);
  }

  private Map<String, Decoded> decode(List<String> ids, List<Sample> samples, boolean scaled) {
    Map<String, Decoded> shown = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      PointSpec spec = spec(id);
      if (!scaled && !spec.coding().factors().isEmpty()) {
        continue;
      }
      assertThat(samples.get(i)).as(id).isInstanceOf(Sample.Good.class);
      if (samples.get(i) instanceof Sample.Good good) {
        Decoded decoded = spec.coding().decode(good.value(), this::known);
        shown.put(id, decoded);
        if (decoded instanceof Decoded.Good value) {
          known.put(id, value.value());
        }
      }
    }
    return shown;
  }

  /** Writes a value in the unit of the point. */
  void write(String id, Value value) throws DriverException {
    Optional<Value> raw = spec(id).coding().encode(value, point(id).type(), this::known);
    assertThat(raw).as("raw value of " + id + " for " + value).isPresent();
    driver.write(point(id), raw.orElseThrow());
  }

  private Optional<Value> known(String id) {
    return Optional.ofNullable(known.get(id));
  }

  private PointSpec spec(String id) {
    return Optional.ofNullable(specs.get(id))
        .orElseThrow(() -> new AssertionError("no point " + id + ", only " + specs.keySet()));
  }

  private Point point(String id) {
    return Optional.ofNullable(points.get(id))
        .orElseThrow(() -> new AssertionError("no point " + id + ", only " + points.keySet()));
  }

  @Override
  public void close() {
    driver.close();
  }
}
