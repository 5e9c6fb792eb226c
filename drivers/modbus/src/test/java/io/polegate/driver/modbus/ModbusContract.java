package io.polegate.driver.modbus;

import io.polegate.api.data.Value;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.EndpointContract;
import io.polegate.testkit.modbus.Fault;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What both kinds of Modbus have in common: the devices and their points. */
abstract class ModbusContract extends EndpointContract {
  final ModbusUnit device =
      new ModbusUnit()
          .set(Table.COIL, 3, 1, 0)
          .set(Table.DISCRETE, 5, 0, 1)
          .set(Table.HOLDING, 0, 500, 0xFF9B)
          .set(Table.HOLDING, 4, 0x0080, 7)
          .setFloat32(Table.INPUT, 0, 230.2f)
          .set(Table.INPUT, 2, 0x04D2, 0x0001);
  final ModbusUnit silent = new ModbusUnit().set(Table.HOLDING, 0, 1, 2);

  ModbusContract() {
    silent.fail(Fault.of(Fault.Kind.SILENCE));
  }

  final Map<Integer, ModbusUnit> units() {
    return Map.of(1, device, 9, silent);
  }

  static Settings settings(String... pairs) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      texts.put(pairs[i], pairs[i + 1]);
    }
    return new Settings(texts);
  }

  @Override
  protected Settings device() {
    return settings("unit", "1");
  }

  @Override
  protected Settings silentDevice() {
    return settings("unit", "9");
  }

  @Override
  protected int requestsToTheSilentDevice() {
    return silent.requests();
  }

  @Override
  protected Map<Settings, Value> readable() {
    Map<Settings, Value> points = new LinkedHashMap<>();
    points.put(settings("address", "holding:0"), new Value.Int(500));
    points.put(settings("address", "coil:3"), new Value.Bool(true));
    points.put(settings("address", "input:0", "type", "float32"), new Value.Real(230.2));
    points.put(settings("address", "holding:0x1", "type", "int16"), new Value.Int(-101));
    points.put(settings("address", "holding:4.7"), new Value.Bool(true));
    points.put(
        settings("address", "input:2", "type", "uint32", "word-order", "low-first"),
        new Value.Int(0x104D2));
    points.put(settings("address", "discrete:5"), new Value.Bool(false));
    return points;
  }

  /** Lies in the hole between registers that exist, so the joined request is refused first. */
  @Override
  protected Settings refused() {
    return settings("address", "holding:3");
  }

  @Override
  protected Map<String, Settings> wrong() {
    return Map.of(
        "address", settings("address", "40001"),
        "type", settings("address", "coil:1", "type", "int16"),
        "length", settings("address", "holding:1", "type", "string"),
        "write", settings("address", "holding:1", "type", "int32", "write", "single"),
        "word-order", settings("address", "holding:1", "word-order", "middle-first"));
  }

  @Override
  protected Settings writable() {
    return settings("address", "holding:5", "type", "int16");
  }

  @Override
  protected List<Value> fitting() {
    return List.of(new Value.Int(-32768), new Value.Int(1234));
  }

  @Override
  protected List<Value> tooLarge() {
    return List.of(new Value.Int(32768), new Value.Int(Long.MIN_VALUE));
  }

  @Override
  protected Value wrongType() {
    return new Value.Text("1");
  }
}
