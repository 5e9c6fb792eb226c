package io.polegate.config;

import io.polegate.api.data.Value;
import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.BusTime;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A factory with settings like those of the Modbus drivers; its drivers have no wire. */
final class FakeModbus implements DriverFactory {
  enum Parity {
    NONE,
    EVEN,
    ODD
  }

  enum Type {
    BOOL,
    UINT16,
    INT16,
    FLOAT32,
    STRING
  }

  enum WordOrder {
    HIGH_FIRST,
    LOW_FIRST
  }

  private static final Setting<Duration> TIMEOUT =
      Setting.duration("timeout", Duration.ofMillis(10), Duration.ofSeconds(30))
          .defaultsTo("500ms");
  private static final Setting<Integer> UNIT = Setting.integer("unit", 1, 247).defaultsTo("1");
  private static final Setting<String> ADDRESS = Setting.text("address").required();
  private static final Setting<Type> TYPE = Setting.choice("type", Type.class);
  private static final Setting<Integer> BAUD = Setting.integer("baud", 300, 921_600);
  private static final Setting<Boolean> BROKEN = Setting.flag("broken");

  private final Supplier<String> name;
  private final Schema bus;
  final AtomicInteger open = new AtomicInteger();

  private FakeModbus(Supplier<String> name, Schema bus) {
    this.name = name;
    this.bus = bus;
  }

  static FakeModbus rtu() {
    return new FakeModbus(
        () -> "modbus-rtu",
        Schema.of(
            Setting.text("port").required(),
            BAUD.defaultsTo("9600"),
            Setting.choice("parity", Parity.class).defaultsTo("none"),
            Setting.integer("stop-bits", 1, 2).defaultsTo("1"),
            TIMEOUT,
            Setting.duration("gap", Duration.ZERO, Duration.ofSeconds(1)).defaultsTo("10ms")));
  }

  static FakeModbus tcp() {
    return named("modbus-tcp");
  }

  /** Settings like those of TCP under another name. */
  static FakeModbus named(String name) {
    return named(() -> name);
  }

  /** As above; the name may even be an exception. */
  static FakeModbus named(Supplier<String> name) {
    return new FakeModbus(
        name,
        Schema.of(
            Setting.text("host").required(),
            Setting.integer("port", 1, 65535).defaultsTo("502"),
            TIMEOUT,
            BROKEN));
  }

  @Override
  public String name() {
    return name.get();
  }

  @Override
  public Schema busSettings() {
    return bus;
  }

  @Override
  public Schema deviceSettings() {
    return Schema.of(UNIT, Setting.integer("max-registers", 1, 125).defaultsTo("125"));
  }

  @Override
  public Schema pointSettings() {
    return Schema.of(
        ADDRESS,
        TYPE,
        Setting.integer("length", 1, 125),
        Setting.choice("word-order", WordOrder.class).defaultsTo("high-first"));
  }

  @Override
  public Optional<Endpoint> endpoint(Settings settings) {
    String host = settings.texts().getOrDefault("host", "");
    String port = settings.texts().getOrDefault("port", "502");
    return Optional.of(
        host.isEmpty()
            ? new Endpoint("serial " + port, port.startsWith("/dev/shared"))
            : new Endpoint("tcp " + host + ":" + port, false));
  }

  @Override
  public Driver create(Settings settings) throws InvalidSettingException {
    if (settings.texts().getOrDefault("host", "").contains("/")) {
      throw new InvalidSettingException("host", "has a slash: write a name or an address only");
    }
    boolean broken = settings.find(BROKEN).orElse(false);
    open.incrementAndGet();
    return new Wireless(broken);
  }

  private record Address(ValueType type, Access access) implements Point {}

  private final class Wireless implements Driver, BusTime {
    private final boolean broken;

    Wireless(boolean broken) {
      this.broken = broken;
    }

    @Override
    public Point point(Settings device, Settings point) throws InvalidSettingException {
      if (broken) {
        throw new IllegalStateException("boom");
      }
      String[] address = point.get(ADDRESS).split(":", 2);
      if (device.get(UNIT) == 247) {
        throw new InvalidSettingException("unit", "247 is reserved here: write less");
      }
      if (address.length < 2 || !address[1].matches("[0-9]{1,4}")) {
        throw new InvalidSettingException(
            "address", "\"" + point.get(ADDRESS) + "\" is no address: write holding:0 or the like");
      }
      return switch (address[0]) {
        case "coil" -> new Address(ValueType.BOOLEAN, Access.READ_WRITE);
        case "discrete" -> new Address(ValueType.BOOLEAN, Access.READ);
        case "input" -> new Address(type(point), Access.READ);
        case "holding" -> new Address(type(point), Access.READ_WRITE);
        default ->
            throw new InvalidSettingException(
                "address", "\"" + address[0] + "\" is no kind of register: write holding");
      };
    }

    private ValueType type(Settings point) throws InvalidSettingException {
      return switch (point.find(TYPE).orElse(Type.UINT16)) {
        case BOOL -> ValueType.BOOLEAN;
        case STRING -> ValueType.TEXT;
        case FLOAT32 -> ValueType.REAL;
        case UINT16, INT16 -> ValueType.INTEGER;
      };
    }

    /** A tenth of a second for each point. */
    @Override
    public Duration busTime(List<Point> points) {
      return Duration.ofMillis(100).multipliedBy(points.size());
    }

    @Override
    public void open() {
      throw new AssertionError("a check must not open anything");
    }

    @Override
    public List<Sample> read(List<Point> points) {
      throw new AssertionError("a check must not read " + points);
    }

    @Override
    public void write(Point point, Value value) {
      throw new AssertionError(String.format(Locale.ROOT, "wrote %s", value));
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }
}
