package io.polegate.api.driver;

import io.polegate.api.data.Value;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.util.List;

/**
 * One endpoint of a bus: a serial line, a TCP peer, a session.
 *
 * <p>Thread rule: the core calls every method of one instance from one thread at a time and never
 * concurrently, except {@link #close()}, which may come from any thread at any time, any number of
 * times, and makes a blocked call end. {@link #point} may be called on an instance that was never
 * opened.
 *
 * <p>A driver blocks, bounded by its time-out, and holds no thread, lock, retry, timer or logger.
 * It never caches a value: what it returns was on the wire during the call.
 */
public interface Driver extends AutoCloseable {

  /**
   * Parses an address. No I/O. May be called while the driver is open: a device that is new or
   * changed takes its place among those that go on. A driver that refuses then what it would take
   * when it is new (one line, another use) is replaced by a new one.
   *
   * @param device settings of the device, as declared by {@link DriverFactory#deviceSettings()}
   * @param point settings of the point, as declared by {@link DriverFactory#pointSettings()}
   * @throws InvalidSettingException naming the key that is wrong and the remedy
   */
  Point point(Settings device, Settings point) throws InvalidSettingException;

  /**
   * Opens the endpoint; does nothing when it is open.
   *
   * @throws EndpointDownException if it cannot be opened
   */
  void open() throws DriverException;

  /**
   * Reads points of one device, all made by this driver.
   *
   * @return one sample per point, in the order asked. A point that the device refuses is a bad
   *     sample. When the device falls silent midway, what was read before is kept and the rest is
   *     bad with {@code DEVICE_SILENT}, after no more than one time-out
   * @throws DeviceSilentException if nothing was answered at all
   * @throws EndpointDownException if the endpoint is gone; {@link #open} is called before the next
   *     try
   */
  List<Sample> read(List<Point> points) throws DriverException;

  /**
   * Writes one point.
   *
   * @param value of the point's {@linkplain Point#type() type}
   * @throws WriteRejectedException if the device refuses or the value does not fit
   * @throws DeviceSilentException if no answer came: the write may or may not have happened
   * @throws EndpointDownException if the endpoint is gone
   */
  void write(Point point, Value value) throws DriverException;

  @Override
  void close();
}
