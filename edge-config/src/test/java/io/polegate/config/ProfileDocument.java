package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.driver.DriverFactory;
import io.polegate.driver.dlt645.Dlt645Factory;
import io.polegate.driver.gpio.GpioFactory;
import io.polegate.driver.modbus.ModbusAscii;
import io.polegate.driver.modbus.ModbusRtu;
import io.polegate.driver.modbus.ModbusRtuTcp;
import io.polegate.driver.modbus.ModbusTcp;
import io.polegate.driver.serial.SerialFactory;
import io.polegate.serialport.SystemSerialPorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/**
 * A document with one device made from a shipped profile, checked with the real drivers.
 *
 * @param bus the only bus
 * @param device the only device
 * @param factory of the driver of the bus
 */
record ProfileDocument(BusSpec bus, DeviceSpec device, DriverFactory factory) {
  /** Has no folder of profiles beside it, so those that are shipped are read as on a pole. */
  private static final Path PLACE = Path.of("target/pole.yaml");

  private static final Map<String, DriverFactory> FACTORIES =
      Stream.of(
              new ModbusRtu(new SystemSerialPorts()),
              new ModbusAscii(new SystemSerialPorts()),
              new ModbusTcp(),
              new ModbusRtuTcp(),
              new SerialFactory(new SystemSerialPorts()),
              new Dlt645Factory(new SystemSerialPorts()),
              new GpioFactory())
          .collect(Collectors.toMap(DriverFactory::name, factory -> factory));

  /**
   * Checks a document and gives what came of it. What a profile cannot know, for instance a pin, is
   * in its golden file.
   *
   * @param bus settings of the bus beside the driver
   * @param device more keys of the device
   */
  static ProfileDocument of(String profile, String driver, Map<String, ?> bus, Map<?, ?> device)
      throws IOException {
    Map<String, Object> busTable = new LinkedHashMap<>(Map.of("driver", driver));
    busTable.putAll(bus);
    Map<Object, Object> deviceTable = new LinkedHashMap<>(Map.of("bus", "b", "profile", profile));
    if (driver.startsWith("modbus") && !ShippedProfiles.hasUnit(profile)) {
      deviceTable.put("unit", 1);
    }
    deviceTable.putAll(ShippedProfiles.table(ShippedProfiles.golden(profile).get("device")));
    deviceTable.putAll(device);
    PoleSpec pole =
        check(
            Map.of(
                "pole", Map.of("id", "P"),
                "buses", Map.of("b", busTable),
                "devices", Map.of("d", deviceTable)));
    DriverFactory factory =
        Optional.ofNullable(FACTORIES.get(driver))
            .orElseThrow(() -> new AssertionError("no driver " + driver + " to try"));
    return new ProfileDocument(pole.buses().get(0), pole.devices().get(0), factory);
  }

  private static PoleSpec check(Map<String, Object> document) {
    String text = new Dump(DumpSettings.builder().build()).dumpToString(document);
    DocumentCheck check = Checks.with(FACTORIES.values().toArray(new DriverFactory[0]));
    Outcome outcome = check.check(PLACE, text.getBytes(StandardCharsets.UTF_8));
    assertThat(Checks.messages(outcome)).as(text).isEmpty();
    return outcome.spec().orElseThrow();
  }

  /** Settings of a bus with which a document of this driver is complete, but leads nowhere. */
  static Map<String, Object> nowhere(String driver) {
    return switch (driver) {
      case "modbus-tcp", "modbus-rtu-tcp" -> Map.of("host", "192.0.2.1", "port", 4001);
      case "gpio" -> Map.of();
      default -> Map.of("port", "/dev/ttyS1");
    };
  }

  /** Ids of its points. */
  List<String> points() {
    return device.points().stream().map(point -> point.id()).toList();
  }
}
