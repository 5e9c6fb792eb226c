package io.polegate.driver.modbus;

import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import java.time.Duration;

/** Everything that can be set, and the only place where it is described. */
final class ModbusSettings {
  /** Parity of a serial line. */
  enum Parity {
    NONE,
    EVEN,
    ODD
  }

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

  static final Setting<String> SERIAL_PORT =
      Setting.text("port").required().described("the serial port, for instance /dev/ttyS1");
  static final Setting<Integer> BAUD =
      Setting.integer("baud", 300, 4_000_000).defaultsTo("9600").described("bits per second");
  static final Setting<Parity> PARITY =
      Setting.choice("parity", Parity.class)
          .defaultsTo("none")
          .described("as the devices have it; there are always 8 data bits");
  static final Setting<Integer> STOP_BITS =
      Setting.integer("stop-bits", 1, 2).defaultsTo("1").described("as the devices have it");
  static final Setting<Duration> LINE_TIMEOUT =
      timeout()
          .defaultsTo("500ms")
          .described("wait for an answer; transmission at the baud rate comes on top");
  static final Setting<Duration> LINE_GAP =
      gap()
          .defaultsTo("10ms")
          .described("silence on the line before each request, never below 3.5 characters");

  static final Setting<String> HOST =
      Setting.text("host").required().described("name or address of the device or gateway");
  static final Setting<Integer> TCP_PORT =
      Setting.integer("port", 1, 65535).defaultsTo("502").described("TCP port");
  static final Setting<Duration> TCP_TIMEOUT =
      timeout().defaultsTo("1s").described("wait for an answer");
  static final Setting<Duration> CONNECT_TIMEOUT =
      Setting.duration("connect-timeout", Duration.ofMillis(10), Duration.ofSeconds(60))
          .defaultsTo("3s")
          .described("wait for a connection");
  static final Setting<Duration> TCP_GAP =
      gap().defaultsTo("0ms").described("pause before each request, for gateways that need it");

  static final Setting<Integer> LINE_UNIT =
      Setting.integer("unit", 1, 247).required().described("address of the device on the line");
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
  static final Setting<WriteFunction> WRITE =
      Setting.choice("write", WriteFunction.class)
          .defaultsTo("auto")
          .described("single is function 5 or 6, multiple 15 or 16, auto the shortest that fits");

  static final Schema LINE =
      Schema.of(SERIAL_PORT, BAUD, PARITY, STOP_BITS, LINE_TIMEOUT, LINE_GAP);
  static final Schema NETWORK = Schema.of(HOST, TCP_PORT, TCP_TIMEOUT, CONNECT_TIMEOUT, TCP_GAP);
  static final Schema LINE_DEVICE = Schema.of(LINE_UNIT, MAX_REGISTERS, MAX_COILS, MAX_HOLE);
  static final Schema NETWORK_DEVICE = Schema.of(TCP_UNIT, MAX_REGISTERS, MAX_COILS, MAX_HOLE);
  static final Schema POINT = Schema.of(ADDRESS, TYPE, WORD_ORDER, BYTE_ORDER, LENGTH, WRITE);

  private ModbusSettings() {}

  private static Setting<Duration> timeout() {
    return Setting.duration("timeout", Duration.ofMillis(10), Duration.ofSeconds(60));
  }

  private static Setting<Duration> gap() {
    return Setting.duration("gap", Duration.ZERO, Duration.ofSeconds(1));
  }
}
