package io.polegate.driver.modbus;

import io.polegate.api.data.Value;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Quantity;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.SimulatedBus.Transport;
import io.polegate.testkit.EndpointContract;
import io.polegate.testkit.modbus.Fault;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What all kinds of Modbus have in common: the devices and their points. */
abstract class ModbusContract extends EndpointContract {
  @TempDir Path folder = Path.of("");
  private final Transport transport;
  private @Nullable SimulatedBus bus;

  final ModbusUnit device =
      new ModbusUnit()
          .set(Table.COIL, 3, 1, 0)
          .set(Table.DISCRETE, 5, 0, 1)
          .set(Table.HOLDING, 0, 500, 0xFF9B)
          .set(Table.HOLDING, 4, 0x0080, 7)
          .setFloat32(Table.INPUT, 0, 230.2f)
          .set(Table.INPUT, 2, 0x04D2, 0x0001);
  final ModbusUnit silent = new ModbusUnit().set(Table.HOLDING, 0, 1, 2);

  ModbusContract(Transport transport) {
    this.transport = transport;
    silent.fail(Fault.of(Fault.Kind.SILENCE));
  }

  @BeforeEach
  void plugIn() throws Exception {
    bus = new SimulatedBus(transport, folder, Map.of(1, device, 9, silent));
  }

  @AfterEach
  void unplug() throws Exception {
    simulated().close();
  }

  final SimulatedBus simulated() {
    return Objects.requireNonNull(bus);
  }

  @Override
  protected DriverFactory factory() {
    return transport.factory();
  }

  @Override
  protected Settings bus(Duration timeout) {
    return simulated().settings("timeout", Quantity.text(timeout));
  }

  @Override
  protected void breakEndpoint() throws Exception {
    simulated().unplug();
  }

  @Override
  protected void repairEndpoint() throws Exception {
    simulated().plugIn();
  }

  static Settings settings(String... pairs) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      texts.put(pairs[i], pairs[i + 1]);
    }
    return new Settings(texts);
  }

  /** A device with these settings. */
  static ModbusDevice unit(int unit, String... more) {
    Map<String, String> texts = new LinkedHashMap<>(settings(more).texts());
    texts.put("unit", Integer.toString(unit));
    try {
      return ModbusDevice.onLine(new Settings(texts));
    } catch (InvalidSettingException e) {
      throw new AssertionError(e);
    }
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
        "write", settings("address", "holding:1", "write", "twice"),
        "before-write", settings("address", "holding:1", "before-write", "holding:1.3=1"),
        "after-write", settings("address", "holding:1", "after-write", "input:1=1"),
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
