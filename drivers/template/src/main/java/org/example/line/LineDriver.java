package org.example.line;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** Stations behind one TCP peer. Thread rule of {@link Driver}. */
final class LineDriver implements Driver {
  private final LineLink link;

  LineDriver(LineLink link) {
    this.link = link;
  }

  @Override
  public Point point(Settings device, Settings point) throws InvalidSettingException {
    return LinePoint.of(device, point);
  }

  @Override
  public void open() throws EndpointDownException {
    link.open();
  }

  @Override
  public List<Sample> read(List<Point> points) throws DriverException {
    List<Sample> samples = new ArrayList<>();
    for (Point point : points) {
      try {
        samples.add(sample(link.exchange("READ " + ((LinePoint) point).address())));
      } catch (DeviceSilentException e) {
        if (samples.isEmpty()) {
          throw e;
        }
        // what was read counts; the rest does not wait for one time-out each
        while (samples.size() < points.size()) {
          samples.add(Sample.bad(BadReason.DEVICE_SILENT, e.getMessage()));
        }
        return samples;
      }
    }
    return samples;
  }

  @Override
  public void write(Point point, Value value) throws DriverException {
    if (!(value instanceof Value.Real real)) {
      throw new WriteRejectedException("takes REAL, not " + value.type());
    }
    LineAnswer answer =
        link.exchange("WRITE " + ((LinePoint) point).address() + " " + real.value());
    if (!answer.good()) {
      throw new WriteRejectedException(answer.text());
    }
  }

  @Override
  public void close() {
    link.close();
  }

  private static Sample sample(LineAnswer answer) {
    if (!answer.good()) {
      return Sample.bad(BadReason.DEVICE_REFUSED, answer.text());
    }
    try {
      return Sample.good(new Value.Real(Double.parseDouble(answer.text())));
    } catch (IllegalArgumentException e) { // no number, or none that can be
      return Sample.bad(BadReason.NOT_DECODABLE, "answered \"" + answer.text() + "\"");
    }
  }
}
