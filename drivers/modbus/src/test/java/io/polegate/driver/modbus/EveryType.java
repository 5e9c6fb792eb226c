package io.polegate.driver.modbus;

import static io.polegate.driver.modbus.ModbusContract.settings;

import io.polegate.api.data.Value;
import io.polegate.api.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the slaves written by others hold: every type in every order. */
final class EveryType {
  private EveryType() {}

  /** The points and their values. */
  static Map<Settings, Value> points() {
    Map<Settings, Value> points = new LinkedHashMap<>();
    for (String table : List.of("holding:", "input:")) {
      put(points, new Value.Int(500), table + 0, "uint16");
      put(points, new Value.Int(-101), table + 1, "int16");
      put(points, new Value.Int(-123456789), table + 2, "int32");
      put(points, new Value.Int(4000000000L), table + 4, "uint32");
      put(points, new Value.Int(-1234567890123456789L), table + 6, "int64");
      put(points, new Value.Int(9000000000000000000L), table + 10, "uint64");
      put(points, new Value.Real(230.2), table + 14, "float32");
      put(points, new Value.Real(Math.PI), table + 16, "float64");
      put(points, new Value.Text("杆 7"), table + 20, "string", "length", "3");
      put(points, new Value.Real(-0.5), table + 24, "float32", "word-order", "low-first");
      put(points, new Value.Int(19088743), table + 26, "int32", "byte-order", "low-first");
      put(
          points,
          new Value.Int(81985529216486895L),
          table + 28,
          "int64",
          "word-order",
          "low-first",
          "byte-order",
          "low-first");
      put(points, new Value.Bool(true), table + "0.8", "bool");
      put(points, new Value.Bool(false), table + "0.9", "bool");
    }
    for (int i = 0; i < 10; i++) {
      put(points, new Value.Bool("1001101011".charAt(i) == '1'), "coil:" + i, "bool");
      put(points, new Value.Bool("0110010100".charAt(i) == '1'), "discrete:" + i, "bool");
    }
    return points;
  }

  private static void put(
      Map<Settings, Value> points, Value value, String address, String type, String... more) {
    Map<String, String> texts = new LinkedHashMap<>(settings(more).texts());
    texts.put("address", address);
    texts.put("type", type);
    points.put(new Settings(texts), value);
  }
}
