package io.polegate.driver.modbus;

import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.WriteRejectedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes points, with what their device wants before and after. Thread rule as for drivers. */
final class ModbusWriter {
  private final ModbusLink link;
  private final ModbusReader reader;

  ModbusWriter(ModbusLink link, ModbusReader reader) {
    this.link = link;
    this.reader = reader;
  }

  /** See {@link io.polegate.api.driver.Driver#write}. */
  void write(ModbusPoint target, Value value) throws DriverException {
    if (!target.access().writable()) {
      throw new WriteRejectedException(target.address() + " is read only");
    }
    if (value.type() != target.type()) {
      throw new WriteRejectedException(
          target.address() + " takes " + target.type() + ", not " + value.type());
    }
    WriteHabits habits = target.writes();
    if (target.address().bit().isPresent() && value instanceof Value.Bool bit) {
      steps(target, habits.before(), "before-write");
      // read behind the unlocking and not before it, so that no other change is undone
      byte[] changed = target.codec().withBit(reader.register(target), bit.value());
      sendAll(target, registers(target, changed));
    } else {
      List<ModbusRequest> requests = requests(target, value);
      steps(target, habits.before(), "before-write");
      sendAll(target, requests);
    }
    steps(target, habits.after(), "after-write");
  }

  private static List<ModbusRequest> requests(ModbusPoint target, Value value)
      throws WriteRejectedException {
    if (target.address().table() == ModbusTable.COIL && value instanceof Value.Bool coil) {
      boolean multiple = target.writes().multiple(1);
      return List.of(ModbusRequest.writeCoil(target.start(), coil.value(), multiple));
    }
    return registers(target, target.codec().encode(value));
  }

  /** One request for all registers, or one for each, the lowest address first. */
  private static List<ModbusRequest> registers(ModbusPoint target, byte[] bytes) {
    if (target.writes().multiple(bytes.length / 2)) {
      return List.of(ModbusRequest.writeRegisters(target.start(), bytes, true));
    }
    List<ModbusRequest> requests = new ArrayList<>();
    for (int i = 0; i < bytes.length; i += 2) {
      byte[] register = Arrays.copyOfRange(bytes, i, i + 2);
      requests.add(ModbusRequest.writeRegisters(target.start() + i / 2, register, false));
    }
    return requests;
  }

  private void steps(ModbusPoint target, List<WriteStep> steps, String where)
      throws DriverException {
    for (WriteStep step : steps) {
      named(target, step.request(target.writes().multiple(1)), where + " " + step + " failed: ");
    }
  }

  private void sendAll(ModbusPoint target, List<ModbusRequest> requests) throws DriverException {
    for (int i = 0; i < requests.size(); i++) {
      String part = i == 0 ? "" : "only the first " + i + " registers were written: ";
      named(target, requests.get(i), part);
    }
  }

  /** Sends one of several requests; a failure says which. */
  private void named(ModbusPoint target, ModbusRequest request, String name)
      throws DriverException {
    try {
      send(target, request);
    } catch (WriteRejectedException e) {
      throw new WriteRejectedException(name + e.getMessage(), e);
    } catch (DeviceSilentException e) {
      throw new DeviceSilentException(name + e.getMessage(), e);
    }
  }

  private void send(ModbusPoint target, ModbusRequest request)
      throws WriteRejectedException, DeviceSilentException, EndpointDownException {
    int unit = target.device().unit();
    if (target.device().broadcast()) {
      link.broadcast(request);
    } else {
      new Answer(link.exchange(unit, request)).ofUnit(unit).accepted();
    }
    link.pause(target.writes().settle());
  }
}
