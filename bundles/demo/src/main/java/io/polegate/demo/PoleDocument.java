package io.polegate.demo;

import java.nio.file.Path;
import java.util.List;

/** The document of the demo's pole. */
final class PoleDocument {
  static final String POLE = "DEMO-0001";

  static final int ENVIRONMENT_UNIT = 1;
  static final int WATER_UNIT = 2;
  static final int LAMP_UNIT = 3;
  static final int METER_UNIT = 1;
  static final int MANHOLE_UNIT = 0x50;

  /** Its devices, in document order. */
  static final List<String> DEVICES = List.of("lamp-1", "env-1", "water-1", "meter-1", "manhole-1");

  private static final String TEMPLATE =
      """
      # Made by polegate-demo. The register maps are explained at the simulated devices.
      pole:
        id: %s
        name: {zh: 演示杆, en: Demo pole}
        location: {latitude: 29.563, longitude: 106.551}
        timezone: Asia/Shanghai

      buses:
        rs485-1: {driver: modbus-rtu, port: %s, baud: 9600, timeout: 500ms, retry-limit: 10s}
        meter: {driver: modbus-tcp, host: 127.0.0.1, port: %d, retry-limit: 10s}
        manhole: {driver: modbus-tcp, host: 127.0.0.1, port: %d, retry-limit: 10s}

      devices:
        lamp-1:
          bus: rs485-1
          unit: 3
          name: {zh: 主灯, en: Main lamp}
          poll: 1s
          points:
            level: {address: "holding:0", type: uint16, scale: 0.1, unit: "%%", access: read-write, min: 0, max: 100,
                    report: {deadband: 0.5, max-age: 30s}}
            power: {address: "input:10", type: float32, word-order: low-first, unit: W,
                    report: {deadband: 0.5, max-age: 30s}}
            on: {address: "coil:0", access: read-write, report: {max-age: 30s}}
        env-1:
          bus: rs485-1
          unit: 1
          name: {zh: 环境监测站, en: Environment station}
          poll: 2s
          points:
            temperature: {address: "holding:505", type: int16, scale: 0.1, unit: "°C", min: -40, max: 80,
                          report: {deadband: 0.1, max-age: 30s}}
            humidity: {address: "holding:504", type: uint16, scale: 0.1, unit: "%%", min: 0, max: 100,
                       report: {deadband: 0.5, max-age: 30s}}
            wind: {address: "holding:500", type: uint16, scale: 0.1, unit: m/s, min: 0, max: 60,
                   report: {deadband: 0.5, max-age: 30s}}
            noise: {address: "holding:506", type: uint16, scale: 0.1, unit: dB, report: {deadband: 2, max-age: 30s}}
            pm25: {address: "holding:507", type: uint16, unit: µg/m³, report: {deadband: 2, max-age: 30s}}
            pressure: {address: "holding:509", type: uint16, scale: 0.1, unit: kPa, report: {max-age: 30s}}
            light: {address: "holding:510", type: uint32, unit: lx, report: {deadband: 500, max-age: 30s}}
        water-1:
          bus: rs485-1
          unit: 2
          name: {zh: 积水水位计, en: Water-level gauge}
          poll: 2s
          points:
            level: {address: "holding:4", type: int16, scale: 0.1, unit: cm, min: 0, max: 200,
                    report: {deadband: 0.2, max-age: 30s}}
        meter-1:
          bus: meter
          unit: 1
          name: {zh: 电表, en: Energy meter}
          poll: 2s
          points:
            voltage: {address: "input:0x0000", type: float32, unit: V, report: {deadband: 1, max-age: 30s}}
            current: {address: "input:0x0006", type: float32, unit: A, report: {deadband: 0.02, max-age: 30s}}
            power: {address: "input:0x000C", type: float32, unit: W, report: {deadband: 1, max-age: 30s}}
            frequency: {address: "input:0x0046", type: float32, unit: Hz, report: {deadband: 0.05, max-age: 30s}}
            energy: {address: "input:0x0048", type: float32, unit: kWh, report: {max-age: 30s}}
        manhole-1:
          bus: manhole
          unit: 80
          name: {zh: 井盖探测器, en: Manhole probe}
          poll: 1s
          points:
            roll: {address: "holding:0x3D", type: int16, scale: 0.0054931640625, unit: "°",
                   report: {deadband: 0.5, max-age: 30s}}
            pitch: {address: "holding:0x3E", type: int16, scale: 0.0054931640625, unit: "°",
                    report: {deadband: 0.5, max-age: 30s}}
            temperature: {address: "holding:0x40", type: int16, scale: 0.01, unit: "°C",
                          report: {deadband: 0.2, max-age: 30s}}

      cloud:
        platform: {url: "tcp://127.0.0.1:%d"}
      """;

  private PoleDocument() {}

  /** The YAML text. */
  static String text(Path serialPort, int meterPort, int manholePort, int mqttPort) {
    return TEMPLATE.formatted(POLE, serialPort, meterPort, manholePort, mqttPort);
  }
}
