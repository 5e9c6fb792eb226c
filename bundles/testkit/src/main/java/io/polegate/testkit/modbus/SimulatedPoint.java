package io.polegate.testkit.modbus;

import io.polegate.api.data.Value;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Where and how a simulated device keeps one value, from the settings of a Modbus point. Written
 * from the README of the driver and sharing no code with it, so that one finds the other's
 * mistakes. Immutable.
 *
 * @param address first one
 * @param bit of the register, -1 for a whole one
 * @param size registers, or 1 for a coil
 */
record SimulatedPoint(
    Table table,
    int address,
    int bit,
    String type,
    int size,
    boolean lowWordFirst,
    boolean lowByteFirst) {
  private static final String LOW_FIRST = "low-first";

  /** From the settings of a point. */
  static SimulatedPoint of(Map<String, String> settings) {
    String[] address = settings.getOrDefault("address", "").split("[:.]", -1);
    Table table = Table.valueOf(address[0].toUpperCase(Locale.ROOT));
    boolean single = bits(table) || address.length == 3;
    String type = settings.getOrDefault("type", single ? "bool" : "uint16");
    int length = Integer.parseInt(settings.getOrDefault("length", "1"));
    return new SimulatedPoint(
        table,
        Integer.decode(address[1]),
        address.length == 3 ? Integer.parseInt(address[2]) : -1,
        type,
        type.endsWith("64") ? 4 : type.endsWith("32") ? 2 : length,
        settings.getOrDefault("word-order", "").equals(LOW_FIRST),
        settings.getOrDefault("byte-order", "").equals(LOW_FIRST));
  }

  /** Whether the table holds single bits. */
  static boolean bits(Table table) {
    return table == Table.COIL || table == Table.DISCRETE;
  }

  /** Whether the driver takes it for a whole number. */
  boolean isWhole() {
    return type.contains("int");
  }

  /** Whether the driver takes it for a real number. */
  boolean isReal() {
    return type.startsWith("float");
  }

  /** Whether a value here changes what the other one reads. */
  boolean overlaps(SimulatedPoint other) {
    boolean apart =
        table != other.table
            || address + size <= other.address
            || other.address + other.size <= address;
    boolean otherBit = bit >= 0 && other.bit >= 0 && bit != other.bit;
    return !apart && !otherBit;
  }

  /** Puts a raw value into the registers, of which those of single bits exist already. */
  void put(ModbusUnit unit, Table at, Value raw) {
    if (raw instanceof Value.Bool state) {
      putBit(unit, at, state.value());
    } else if (raw instanceof Value.Text text) {
      putText(unit, at, text.value());
    } else if (raw instanceof Value.Int whole) {
      putNumber(unit, at, whole.value());
    } else if (raw instanceof Value.Real real) {
      boolean single = type.equals("float32");
      putNumber(
          unit,
          at,
          single
              ? Float.floatToRawIntBits((float) real.value())
              : Double.doubleToRawLongBits(real.value()));
    } else {
      throw new IllegalArgumentException("registers hold no " + raw);
    }
  }

  /** The raw value that the registers hold. */
  Value get(ModbusUnit unit, Table at) {
    if (type.equals("bool")) {
      int word = unit.get(at, address);
      return new Value.Bool((bit < 0 ? word : word(word) >> bit & 1) == 1);
    }
    if (type.equals("string")) {
      return new Value.Text(text(unit, at));
    }
    long pattern = pattern(unit, at);
    return switch (type) {
      case "float32" -> real(Float.toString(Float.intBitsToFloat((int) pattern)));
      case "float64" -> new Value.Real(Double.longBitsToDouble(pattern));
      case "int16" -> new Value.Int((short) pattern);
      case "int32" -> new Value.Int((int) pattern);
      default -> new Value.Int(pattern);
    };
  }

  /** The double with the digits of the float. */
  private static Value real(String digits) {
    return new Value.Real(Double.parseDouble(digits));
  }

  private void putBit(ModbusUnit unit, Table at, boolean on) {
    if (bit < 0) {
      unit.set(at, address, on ? 1 : 0);
      return;
    }
    int others = word(unit.get(at, address)) & ~(1 << bit);
    unit.set(at, address, word(others | (on ? 1 << bit : 0)));
  }

  private void putText(ModbusUnit unit, Table at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < size; i++) {
      int high = 2 * i < bytes.length ? bytes[2 * i] & 0xFF : 0;
      int low = 2 * i + 1 < bytes.length ? bytes[2 * i + 1] & 0xFF : 0;
      unit.set(at, address + i, word(high * 256 + low));
    }
  }

  private String text(ModbusUnit unit, Table at) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      int word = word(unit.get(at, address + i));
      text.append((char) (word / 256)).append((char) (word % 256));
    }
    int end = text.indexOf("\0");
    return end < 0 ? text.toString() : text.substring(0, end);
  }

  private void putNumber(ModbusUnit unit, Table at, long pattern) {
    for (int significance = 0; significance < size; significance++) {
      int word = (int) (pattern >>> (16 * significance)) & 0xFFFF;
      unit.set(at, register(significance), word(word));
    }
  }

  private long pattern(ModbusUnit unit, Table at) {
    long pattern = 0;
    for (int significance = 0; significance < size; significance++) {
      long word = word(unit.get(at, register(significance)));
      pattern |= word << (16 * significance);
    }
    return pattern;
  }

  /** Where the word of this significance is, 0 for the lowest. */
  private int register(int significance) {
    return address + (lowWordFirst ? significance : size - 1 - significance);
  }

  /** A register as it is on the wire, and back. */
  private int word(int word) {
    return lowByteFirst ? word % 256 * 256 + word / 256 : word;
  }
}
