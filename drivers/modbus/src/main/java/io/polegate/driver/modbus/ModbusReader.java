package io.polegate.driver.modbus;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Sample;
import io.polegate.driver.modbus.ModbusPlan.Block;
import io.polegate.driver.modbus.ModbusSettings.Registers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads points of one device at a time. Thread rule as for drivers. */
final class ModbusReader {
  private static final Sample UNANSWERED =
      Sample.bad(BadReason.DEVICE_SILENT, "the device fell silent before this point");

  private final ModbusLink link;

  /** Where the function that was addressed is not the one that the device has. */
  private final Set<UnitTable> swapped = new HashSet<>();

  /** A table of a unit. */
  private record UnitTable(int unit, ModbusTable table) {}

  ModbusReader(ModbusLink link) {
    this.link = link;
  }

  /** See {@link io.polegate.api.driver.Driver#read}. */
  List<Sample> read(List<ModbusPoint> points) throws DriverException {
    if (points.stream().map(ModbusPoint::device).distinct().count() > 1) {
      throw new IllegalArgumentException("points of several devices in one read");
    }
    List<Sample> samples = new ArrayList<>(Collections.nCopies(points.size(), UNANSWERED));
    Deque<Block> waiting = new ArrayDeque<>(ModbusPlan.of(points));
    boolean answered = false;
    while (!waiting.isEmpty()) {
      Block block = waiting.remove();
      try {
        read(points, block, samples, waiting);
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

  /** One register as it is. */
  byte[] register(ModbusPoint point) throws DriverException {
    Block one = new Block(point.address().table(), point.start(), 1, List.of(0));
    return ask(point.device(), one).accepted().registers(0, 1);
  }

  /** The request for a block, as far as is known of the device. */
  ModbusRequest request(ModbusDevice device, Block block) {
    return ModbusRequest.read(table(device, block.table()), block.start(), block.count());
  }

  /** Asks for one block and, if it was too much, puts smaller ones at the head of the queue. */
  private void read(
      List<ModbusPoint> points, Block block, List<Sample> samples, Deque<Block> waiting)
      throws DeviceSilentException, EndpointDownException {
    Answer answer = ask(points.get(block.members().get(0)).device(), block);
    if (!answer.refused()) {
      block.members().forEach(i -> samples.set(i, sample(points.get(i), block, answer)));
      return;
    }
    List<Block> smaller = answer.refusedSize() ? ModbusPlan.split(points, block) : List.of();
    for (int i = smaller.size() - 1; i >= 0; i--) {
      waiting.addFirst(smaller.get(i));
    }
    if (smaller.isEmpty()) {
      Sample bad = Sample.bad(BadReason.DEVICE_REFUSED, answer.exception());
      block.members().forEach(i -> samples.set(i, bad));
    }
  }

  private Answer ask(ModbusDevice device, Block block)
      throws DeviceSilentException, EndpointDownException {
    Answer answer = exchange(device, request(device, block));
    boolean other =
        device.registers() == Registers.EITHER && !block.table().bits() && answer.refusedFunction();
    if (!other) {
      return answer;
    }
    UnitTable addressed = new UnitTable(device.unit(), block.table());
    swap(addressed);
    Answer second = exchange(device, request(device, block));
    if (second.refusedFunction()) {
      swap(addressed);
    }
    return second;
  }

  private void swap(UnitTable addressed) {
    if (!swapped.remove(addressed)) {
      swapped.add(addressed);
    }
  }

  private ModbusTable table(ModbusDevice device, ModbusTable addressed) {
    if (addressed.bits()) {
      return addressed;
    }
    return switch (device.registers()) {
      case AS_ADDRESSED -> addressed;
      case HOLDING -> ModbusTable.HOLDING;
      case INPUT -> ModbusTable.INPUT;
      case EITHER ->
          swapped.contains(new UnitTable(device.unit(), addressed)) ? addressed.twin() : addressed;
    };
  }

  private Answer exchange(ModbusDevice device, ModbusRequest request)
      throws DeviceSilentException, EndpointDownException {
    return new Answer(link.exchange(device.unit(), request)).ofUnit(device.unit());
  }

  private static Sample sample(ModbusPoint point, Block block, Answer answer) {
    int offset = point.start() - block.start();
    return point.address().table().bits()
        ? Sample.good(new Value.Bool(answer.bit(offset)))
        : point.codec().decode(answer.registers(offset, point.codec().registers()));
  }
}
