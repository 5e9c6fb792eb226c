package io.polegate.core;

import io.polegate.api.data.Value;
import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Lines whose units answer at once. Thread-safe, as several threads work its drivers. */
final class QuietLine implements DriverFactory {
  /** A unit that lets its reader hang until the driver is closed. */
  static final String HANGING = "hanging";

  /** An address that no driver takes. */
  static final String REFUSED = "refused";

  final List<String> events = new CopyOnWriteArrayList<>();
  final CountDownLatch hangs = new CountDownLatch(1);

  private record Place(String unit, String address) implements Point {
    @Override
    public ValueType type() {
      return ValueType.INTEGER;
    }

    @Override
    public Access access() {
      return Access.READ_WRITE;
    }
  }

  @Override
  public String name() {
    return "quiet";
  }

  @Override
  public Schema busSettings() {
    return Schema.of(CapableLine.PORT);
  }

  @Override
  public Schema deviceSettings() {
    return Schema.of(FakeLine.UNIT);
  }

  @Override
  public Schema pointSettings() {
    return Schema.of(FakeLine.ADDRESS);
  }

  @Override
  public Optional<Endpoint> endpoint(Settings bus) throws InvalidSettingException {
    return Optional.of(new Endpoint("serial " + bus.get(CapableLine.PORT), true));
  }

  @Override
  public Driver create(Settings bus) {
    return new Line();
  }

  private final class Line implements Driver {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public Point point(Settings device, Settings point) throws InvalidSettingException {
      String address = point.get(FakeLine.ADDRESS);
      if (address.equals(REFUSED)) {
        throw new InvalidSettingException("address", "is unknown");
      }
      events.add("point on " + Thread.currentThread().getName());
      return new Place(device.get(FakeLine.UNIT), address);
    }

    @Override
    public void open() {
      events.add("open on " + Thread.currentThread().getName());
    }

    @Override
    public List<Sample> read(List<Point> points) {
      if (((Place) points.get(0)).unit().equals(HANGING) && hangs.getCount() > 0) {
        hangs.countDown();
        hang();
      }
      return points.stream().map(point -> Sample.good(new Value.Int(1))).toList();
    }

    private void hang() {
      try {
        closed.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void write(Point point, Value value) {}

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
