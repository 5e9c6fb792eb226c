package io.polegate.core;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A serial line of imagined units. An answer takes 20 ms and silence the time-out, both on the hand
 * clock.
 */
final class FakeLine implements Driver, DriverFactory {
  static final Duration ANSWER = Duration.ofMillis(20);
  static final Duration TIMEOUT = Duration.ofMillis(500);
  static final Setting<String> UNIT = Setting.text("unit").required();
  static final Setting<String> ADDRESS = Setting.text("address").required();

  final HandClock clock;
  final Map<String, Value> registers = new HashMap<>();
  final Set<String> silent = new HashSet<>();
  final Set<String> partlySilent = new HashSet<>();
  final Set<String> refusing = new HashSet<>();
  final List<Asked> reads = new ArrayList<>();
  final List<String> writes = new ArrayList<>();
  final AtomicInteger opened = new AtomicInteger();
  boolean down;
  boolean ignoresWrites;
  boolean breaksOnRead;
  @Nullable Throwable thrown;
  Duration timeout = TIMEOUT;

  /** What the units do when time has passed, before each read. */
  Runnable life = () -> {};

  /** What the units do after a write that was taken, besides keeping it. */
  BiConsumer<String, Value> effect = (key, value) -> {};

  Duration openTakes = Duration.ZERO;

  record Asked(String unit, Duration at) {}

  record FakePoint(String unit, String address, ValueType type) implements Point {
    @Override
    public Access access() {
      return Access.READ_WRITE;
    }

    String key() {
      return unit + "/" + address;
    }
  }

  FakeLine(HandClock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Schema busSettings() {
    return Schema.of();
  }

  @Override
  public Schema deviceSettings() {
    return Schema.of(UNIT);
  }

  @Override
  public Schema pointSettings() {
    return Schema.of(ADDRESS);
  }

  @Override
  public Driver create(Settings bus) {
    return this;
  }

  @Override
  public Point point(Settings device, Settings point) throws InvalidSettingException {
    String address = point.get(ADDRESS);
    ValueType type = address.startsWith("f") ? ValueType.REAL : ValueType.INTEGER;
    return new FakePoint(device.get(UNIT), address, type);
  }

  @Override
  public void open() throws DriverException {
    opened.incrementAndGet();
    clock.advance(openTakes);
    if (down) {
      throw new EndpointDownException("no port");
    }
  }

  @Override
  public List<Sample> read(List<Point> points) throws DriverException {
    String unit = ((FakePoint) points.get(0)).unit();
    if (breaksOnRead) {
      throw new EndpointDownException("connection lost");
    }
    reads.add(new Asked(unit, Duration.ofNanos(clock.monotonic().getAsLong())));
    life.run();
    transact(unit);
    return points.stream().map(point -> sample((FakePoint) point)).toList();
  }

  private Sample sample(FakePoint point) {
    if (partlySilent.contains(point.key())) {
      clock.advance(timeout);
      return Sample.bad(BadReason.DEVICE_SILENT, "no answer");
    }
    Value value = registers.get(point.key());
    return value == null
        ? Sample.bad(BadReason.DEVICE_REFUSED, "exception 2: illegal data address")
        : Sample.good(value);
  }

  @Override
  public void write(Point point, Value value) throws DriverException {
    FakePoint fake = (FakePoint) point;
    writes.add(fake.key() + "=" + value);
    transact(fake.unit());
    if (refusing.contains(fake.unit())) {
      throw new WriteRejectedException("exception 3: illegal data value");
    }
    if (!ignoresWrites) {
      registers.put(fake.key(), value);
      effect.accept(fake.key(), value);
    }
  }

  private void transact(String unit) throws DriverException {
    throwIt();
    if (down) {
      throw new EndpointDownException("port gone");
    }
    if (silent.contains(unit)) {
      clock.advance(timeout);
      throw new DeviceSilentException("unit " + unit + " did not answer");
    }
    clock.advance(ANSWER);
  }

  @Override
  public void close() {
    throwIt();
  }

  private void throwIt() {
    Throwable problem = thrown;
    if (problem != null) {
      FakeLine.<RuntimeException>sneak(problem);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable problem) throws T {
    throw (T) problem;
  }

  /** Times between the reads of one unit. */
  List<Duration> intervals(String unit) {
    List<Duration> times =
        reads.stream().filter(r -> r.unit().equals(unit)).map(Asked::at).toList();
    List<Duration> intervals = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      intervals.add(times.get(i).minus(times.get(i - 1)));
    }
    return intervals;
  }
}
