package io.polegate.driver.modbus;

import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import java.time.Duration;
import java.util.List;

/** Everything that can be set of devices and points, and the only place where it is described. */
final class ModbusSettings {
  /** Which end comes first. */
  enum Order {
    HIGH_FIRST,
    LOW_FIRST
  }

  /** Which functions write. */
  enum WriteFunction {
    AUTO,
    SINGLE,
    MULTIPLE
  }

  /** Whether points share requests. */
  enum Requests {
    MERGED,
    PER_POINT
  }

  /** Which function reads registers. */
  enum Registers {
    AS_ADDRESSED,
    HOLDING,
    INPUT,
    EITHER
  }

  static final Setting<Integer> LINE_UNIT =
      Setting.integer("unit", 0, 247)
          .required()
          .described("address of the device on the line; 0 writes to all at once, unanswered");
  static final Setting<Integer> TCP_UNIT =
      Setting.integer("unit", 0, 255)
          .required()
          .described("unit behind a gateway; a device with its own socket often takes 1 or 255");
  static final Setting<Integer> MAX_REGISTERS =
      Setting.integer("max-registers", 1, 125)
          .defaultsTo("125")
          .described("most registers in one request; less for weak devices");
  static final Setting<Integer> MAX_COILS =
      Setting.integer("max-coils", 1, 2000)
          .defaultsTo("2000")
          .described("most coils or discrete inputs in one request");
  static final Setting<Integer> MAX_HOLE =
      Setting.integer("max-hole", 0, 124)
          .defaultsTo("8")
          .described("most unused addresses read over to join two points in one request");
  static final Setting<Requests> REQUESTS =
      Setting.choice("requests", Requests.class)
          .defaultsTo("merged")
          .described("per-point for devices that refuse or garble a read across items");
  static final Setting<Registers> REGISTERS =
      Setting.choice("registers", Registers.class)
          .defaultsTo("as-addressed")
          .described(
              "function that reads registers: 3 for holding, 4 for input whatever the address"
                  + " says; either tries the other one after exception 1");
  static final Setting<WriteFunction> DEVICE_WRITE =
      Setting.choice("write", WriteFunction.class)
          .defaultsTo("auto")
          .described(
              "single is function 5 or 6, one per register; multiple is 15 or 16; auto the shortest"
                  + " that writes all at once");
  static final Setting<List<WriteStep>> BEFORE_WRITE =
      Setting.of("before-write", WriteStep.FORM, WriteStep::list)
          .described("written before each value, to unlock");
  static final Setting<List<WriteStep>> AFTER_WRITE =
      Setting.of("after-write", WriteStep.FORM, WriteStep::list)
          .described("written after each value, to save");
  static final Setting<Duration> DEVICE_SETTLE =
      settle().defaultsTo("0ms").described("pause after each write, before what follows");

  static final Setting<ModbusAddress> ADDRESS =
      Setting.of("address", ModbusAddress.FORM, ModbusAddress::parse)
          .required()
          .described("where the value is");
  static final Setting<RegisterType> TYPE =
      Setting.choice("type", RegisterType.class)
          .described("by default bool for coils, discrete inputs and bits, uint16 for registers");
  static final Setting<Order> WORD_ORDER =
      Setting.choice("word-order", Order.class)
          .defaultsTo("high-first")
          .described("order of the registers of one number");
  static final Setting<Order> BYTE_ORDER =
      Setting.choice("byte-order", Order.class)
          .defaultsTo("high-first")
          .described("order of the two bytes in a register");
  static final Setting<Integer> LENGTH =
      Setting.integer("length", 1, 123)
          .described("registers of a string, two bytes each; for no other type");
  static final Setting<WriteFunction> POINT_WRITE =
      Setting.choice("write", WriteFunction.class).described("if other than the device's");
  static final Setting<Duration> POINT_SETTLE = settle().described("if other than the device's");

  static final Schema LINE_DEVICE = device(LINE_UNIT);
  static final Schema NETWORK_DEVICE = device(TCP_UNIT);
  static final Schema POINT =
      Schema.of(
          ADDRESS,
          TYPE,
          WORD_ORDER,
          BYTE_ORDER,
          LENGTH,
          POINT_WRITE,
          BEFORE_WRITE.described("instead of the device's"),
          AFTER_WRITE.described("instead of the device's"),
          POINT_SETTLE);

  private ModbusSettings() {}

  private static Schema device(Setting<Integer> unit) {
    return Schema.of(
        unit,
        MAX_REGISTERS,
        MAX_COILS,
        MAX_HOLE,
        REQUESTS,
        REGISTERS,
        DEVICE_WRITE,
        BEFORE_WRITE,
        AFTER_WRITE,
        DEVICE_SETTLE);
  }

  private static Setting<Duration> settle() {
    return Setting.duration("settle", Duration.ZERO, Duration.ofSeconds(1));
  }
}
