package io.polegate.driver.modbus;

import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.BusTime;
import io.polegate.api.driver.DeviceProbe;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.RawRequest;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.ModbusPlan.Block;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Modbus over any link. Thread rule of {@link Driver}. */
final class ModbusDriver implements Driver, FrameTrace, BusTime, RawRequest, DeviceProbe {
  private static final Bytes NO_ANSWER = Bytes.of(new byte[0]);

  /** What a probe asks for until the device knows the function. */
  private static final List<ModbusTable> PROBED =
      List.of(ModbusTable.HOLDING, ModbusTable.INPUT, ModbusTable.COIL);

  private final ModbusLink link;
  private final Devices devices;
  private final ModbusReader reader;
  private final ModbusWriter writer;

  /** How the settings of a device are read. */
  @FunctionalInterface
  interface Devices {
    /** Reads them. */
    ModbusDevice of(Settings device) throws InvalidSettingException;
  }

  ModbusDriver(ModbusLink link, Devices devices) {
    this.link = link;
    this.devices = devices;
    this.reader = new ModbusReader(link);
    this.writer = new ModbusWriter(link, reader);
  }

  @Override
  public Point point(Settings device, Settings point) throws InvalidSettingException {
    return ModbusPoint.of(devices.of(device), point);
  }

  @Override
  public void open() throws DriverException {
    link.open();
  }

  @Override
  public List<Sample> read(List<Point> points) throws DriverException {
    return reader.read(modbus(points));
  }

  @Override
  public void write(Point point, Value value) throws DriverException {
    writer.write((ModbusPoint) point, value);
  }

  @Override
  public void traceTo(Listener listener) {
    link.traceTo(listener);
  }

  @Override
  public Duration busTime(List<Point> points) {
    List<ModbusPoint> planned = modbus(points);
    Duration sum = Duration.ZERO;
    for (Block block : ModbusPlan.of(planned)) {
      ModbusDevice device = planned.get(block.members().get(0)).device();
      sum = sum.plus(link.usualTime(reader.request(device, block)));
    }
    return sum;
  }

  /** A request to unit 0 of a line is answered by nobody: what returns is empty. */
  @Override
  public Bytes exchange(Settings device, Bytes request) throws DriverException {
    ModbusDevice asked;
    ModbusRequest raw;
    try {
      asked = devices.of(device);
      raw = ModbusRequest.raw(request.toArray());
    } catch (InvalidSettingException e) {
      throw new WriteRejectedException(e.key() + " " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new WriteRejectedException(String.valueOf(e.getMessage()), e);
    }
    if (asked.broadcast()) {
      link.broadcast(raw);
      return NO_ANSWER;
    }
    return Bytes.of(link.exchange(asked.unit(), raw));
  }

  @Override
  public Optional<String> probe(Settings device) throws DriverException {
    ModbusDevice asked;
    try {
      asked = devices.of(device);
    } catch (InvalidSettingException e) {
      throw new IllegalArgumentException(e);
    }
    return asked.broadcast() ? Optional.empty() : probe(asked.unit());
  }

  @Override
  public void close() {
    link.close();
  }

  private Optional<String> probe(int unit) throws EndpointDownException {
    Optional<String> said = Optional.empty();
    for (ModbusTable table : PROBED) {
      try {
        Answer answer =
            new Answer(link.exchange(unit, ModbusRequest.read(table, 0, 1))).ofUnit(unit);
        said =
            Optional.of(
                "unit " + unit + " answers " + table.word() + ":0 with " + text(table, answer));
        if (!answer.refusedFunction()) {
          return said;
        }
      } catch (DeviceSilentException e) {
        return said; // nobody, or one that keeps quiet about functions that it does not have
      }
    }
    return said;
  }

  private static String text(ModbusTable table, Answer answer) {
    if (answer.refused()) {
      return answer.exception();
    }
    if (table.bits()) {
      return answer.bit(0) ? "1" : "0";
    }
    byte[] register = answer.registers(0, 1);
    return Integer.toString((register[0] & 0xFF) << 8 | (register[1] & 0xFF));
  }

  private static List<ModbusPoint> modbus(List<Point> points) {
    return points.stream().map(ModbusPoint.class::cast).toList();
  }
}
