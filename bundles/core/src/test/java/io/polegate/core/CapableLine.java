package io.polegate.core;

import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Browse;
import io.polegate.api.driver.BusScan;
import io.polegate.api.driver.DeviceProbe;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.PushSource;
import io.polegate.api.driver.RawRequest;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Lines of imagined units with all that a driver may be able to do. Each bus is {@code port} and
 * {@code baud}; units answer at one speed only.
 */
final class CapableLine implements DriverFactory, BusScan {
  static final Setting<String> PORT = Setting.text("port").required();
  static final Setting<String> BAUD = Setting.text("baud").defaultsTo("9600");
  static final Duration PROBE = Duration.ofMillis(200);

  final FakeLine fake;
  final List<Opened> drivers = new CopyOnWriteArrayList<>();
  final List<Candidate> candidates = new CopyOnWriteArrayList<>();
  final Set<String> gone = ConcurrentHashMap.newKeySet();
  final Set<String> present = ConcurrentHashMap.newKeySet();
  final List<String> events = new CopyOnWriteArrayList<>();
  volatile boolean shared = true;
  volatile Runnable onProbe = () -> {};
  volatile @Nullable Throwable candidatesFail;

  CapableLine(HandClock clock) {
    this.fake = new FakeLine(clock);
  }

  @Override
  public String name() {
    return "capable";
  }

  @Override
  public Schema busSettings() {
    return Schema.of(PORT, BAUD);
  }

  @Override
  public Schema deviceSettings() {
    return fake.deviceSettings();
  }

  @Override
  public Schema pointSettings() {
    return fake.pointSettings();
  }

  @Override
  public Optional<Endpoint> endpoint(Settings bus) throws InvalidSettingException {
    return Optional.of(new Endpoint("serial " + bus.get(PORT), shared));
  }

  @Override
  public Driver create(Settings bus) throws InvalidSettingException {
    Opened driver = new Opened(bus.get(PORT), bus.get(BAUD));
    drivers.add(driver);
    return driver;
  }

  @Override
  public List<Candidate> candidates(Settings known) {
    if (candidatesFail instanceof RuntimeException broken) {
      throw broken;
    }
    return List.copyOf(candidates);
  }

  static Settings bus(String port, String baud) {
    return new Settings(Map.of("port", port, "baud", baud));
  }

  void candidate(String port, String baud, String unit) {
    Settings device = new Settings(Map.of("unit", unit));
    candidates.add(new Candidate(bus(port, baud), device, PROBE));
  }

  /** One driver of it. */
  final class Opened implements Driver, PushSource, FrameTrace, RawRequest, Browse, DeviceProbe {
    private final String port;
    private final String baud;
    final List<Point> subscribed = new ArrayList<>();
    PushSource.@Nullable Listener pushTo;
    FrameTrace.@Nullable Listener traceTo;
    @Nullable Throwable subscribeFails;

    private Opened(String port, String baud) {
      this.port = port;
      this.baud = baud;
    }

    @Override
    public Point point(Settings device, Settings point) throws InvalidSettingException {
      return fake.point(device, point);
    }

    @Override
    public void open() throws DriverException {
      events.add("open " + port + " " + baud + " on " + Thread.currentThread().getName());
      if (gone.contains(port)) {
        throw new EndpointDownException("no port \"" + port + "\"");
      }
      fake.open();
    }

    @Override
    public void subscribe(List<Point> points, PushSource.Listener listener) throws DriverException {
      if (subscribeFails instanceof RuntimeException broken) {
        throw broken;
      }
      subscribed.clear();
      subscribed.addAll(points);
      pushTo = listener;
    }

    @Override
    public void traceTo(FrameTrace.Listener listener) {
      traceTo = listener;
    }

    void show(Kind kind, String hex) {
      FrameTrace.Listener listener = traceTo;
      if (listener != null) {
        listener.frame(kind, Bytes.ofHex(hex));
      }
    }

    void push(Point point, Sample sample) {
      PushSource.Listener listener = pushTo;
      if (listener != null) {
        listener.sampled(point, sample);
      }
    }

    @Override
    public List<Sample> read(List<Point> points) throws DriverException {
      show(Kind.SENT, "0103");
      List<Sample> samples = fake.read(points);
      show(Kind.ANSWER, "010302");
      return samples;
    }

    @Override
    public void write(Point point, Value value) throws DriverException {
      fake.write(point, value);
    }

    @Override
    public Bytes exchange(Settings device, Bytes request) throws DriverException {
      String unit = device.texts().getOrDefault("unit", "");
      events.add("request " + unit + " on " + Thread.currentThread().getName());
      if (fake.silent.contains(unit)) {
        throw new DeviceSilentException("unit " + unit + " did not answer");
      }
      show(Kind.EXCEPTION, "0183");
      return request;
    }

    @Override
    public List<Node> children(String node) {
      return List.of(new Node(node + "/a", "a", Settings.NONE, true));
    }

    @Override
    public Optional<String> probe(Settings device) throws DriverException {
      String unit = device.texts().getOrDefault("unit", "");
      events.add(
          "probe " + port + " " + baud + " " + unit + " on " + Thread.currentThread().getName());
      onProbe.run();
      if (unit.equals("hangs-up")) {
        throw new EndpointDownException("connection reset");
      }
      return present.contains(port + " " + baud + " " + unit)
          ? Optional.of("unit " + unit)
          : Optional.empty();
    }

    @Override
    public void close() {
      events.add("close " + port + " " + baud);
    }
  }
}
