package io.polegate.driver.modbus;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.ModbusPlan.Block;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Modbus over any link. Thread rule of {@link Driver}. */
final class ModbusDriver implements Driver, FrameTrace {
  private static final Sample UNANSWERED =
      Sample.bad(BadReason.DEVICE_SILENT, "the device fell silent before this point");

  /** No such address, or too many of them: worth asking for fewer. */
  private static final Set<Integer> REFUSALS_OF_SIZE = Set.of(2, 3);

  /** A gateway says that the unit behind it does not answer. */
  private static final Set<Integer> REFUSALS_OF_GATEWAY = Set.of(10, 11);

  private final ModbusLink link;
  private final Setting<Integer> unit;

  /**
   * A driver on a link.
   *
   * @param unit the setting that says which unit a device is
   */
  ModbusDriver(ModbusLink link, Setting<Integer> unit) {
    this.link = link;
    this.unit = unit;
  }

  @Override
  public Point point(Settings device, Settings point) throws InvalidSettingException {
    return ModbusPoint.of(ModbusDevice.of(device, device.get(unit)), point);
  }

  @Override
  public void open() throws DriverException {
    link.open();
  }

  @Override
  public List<Sample> read(List<Point> points) throws DriverException {
    List<ModbusPoint> wanted = points.stream().map(ModbusPoint.class::cast).toList();
    if (wanted.stream().map(ModbusPoint::device).distinct().count() > 1) {
      throw new IllegalArgumentException("points of several devices in one read");
    }
    List<Sample> samples = new ArrayList<>(Collections.nCopies(wanted.size(), UNANSWERED));
    Deque<Block> waiting = new ArrayDeque<>(ModbusPlan.of(wanted));
    boolean answered = false;
    while (!waiting.isEmpty()) {
      Block block = waiting.remove();
      try {
        read(wanted, block, samples, waiting);
        answered = true;
      } catch (DeviceSilentException e) {
        if (answered) {
          return samples;
        }
        throw e;
      }
    }
    return samples;
  }

  @Override
  public void write(Point point, Value value) throws DriverException {
    ModbusPoint target = (ModbusPoint) point;
    if (!target.access().writable()) {
      throw new WriteRejectedException(target.address() + " is read only");
    }
    if (value.type() != target.type()) {
      throw new WriteRejectedException(
          target.address() + " takes " + target.type() + ", not " + value.type());
    }
    accepted(exchange(target, request(target, value)));
  }

  @Override
  public void traceTo(Listener listener) {
    link.traceTo(listener);
  }

  @Override
  public void close() {
    link.close();
  }

  /** Asks for one block and, if it was too much, puts smaller ones at the head of the queue. */
  private void read(
      List<ModbusPoint> points, Block block, List<Sample> samples, Deque<Block> waiting)
      throws DriverException {
    ModbusRequest request = ModbusRequest.read(block.table(), block.start(), block.count());
    byte[] answer = exchange(points.get(block.members().get(0)), request);
    if (!refused(answer)) {
      block.members().forEach(i -> samples.set(i, sample(points.get(i), block, answer)));
      return;
    }
    int code = answer[1] & 0xFF;
    List<Block> smaller =
        REFUSALS_OF_SIZE.contains(code) ? ModbusPlan.split(points, block) : List.of();
    for (int i = smaller.size() - 1; i >= 0; i--) {
      waiting.addFirst(smaller.get(i));
    }
    if (smaller.isEmpty()) {
      Sample bad = Sample.bad(BadReason.DEVICE_REFUSED, ExceptionText.of(code));
      block.members().forEach(i -> samples.set(i, bad));
    }
  }

  private static Sample sample(ModbusPoint point, Block block, byte[] answer) {
    int offset = point.start() - block.start();
    if (point.address().table().bits()) {
      return Sample.good(new Value.Bool((answer[2 + offset / 8] >> offset % 8 & 1) == 1));
    }
    int from = 2 + 2 * offset;
    return point
        .codec()
        .decode(Arrays.copyOfRange(answer, from, from + 2 * point.codec().registers()));
  }

  private ModbusRequest request(ModbusPoint target, Value value) throws DriverException {
    if (target.address().table() == ModbusTable.COIL && value instanceof Value.Bool coil) {
      return ModbusRequest.writeCoil(target.start(), coil.value(), target.multiple());
    }
    byte[] registers =
        value instanceof Value.Bool bit
            ? target.codec().withBit(present(target), bit.value())
            : target.codec().encode(value);
    return ModbusRequest.writeRegisters(target.start(), registers, target.multiple());
  }

  /** The register as it is, because a bit cannot be written alone. */
  private byte[] present(ModbusPoint target) throws DriverException {
    ModbusRequest read = ModbusRequest.read(ModbusTable.HOLDING, target.start(), 1);
    return Arrays.copyOfRange(accepted(exchange(target, read)), 2, 4);
  }

  private byte[] exchange(ModbusPoint point, ModbusRequest request) throws DriverException {
    byte[] answer = link.exchange(point.device().unit(), request);
    if (refused(answer) && REFUSALS_OF_GATEWAY.contains(answer[1] & 0xFF)) {
      throw new DeviceSilentException(
          "unit " + point.device().unit() + ": " + ExceptionText.of(answer[1] & 0xFF));
    }
    return answer;
  }

  private static byte[] accepted(byte[] answer) throws WriteRejectedException {
    if (refused(answer)) {
      throw new WriteRejectedException(ExceptionText.of(answer[1] & 0xFF));
    }
    return answer;
  }

  private static boolean refused(byte[] answer) {
    return (answer[0] & 0x80) != 0;
  }
}
