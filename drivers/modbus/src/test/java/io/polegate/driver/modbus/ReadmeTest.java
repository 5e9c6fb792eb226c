package io.polegate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.testkit.SettingsTable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path README = Path.of("README.md");

  @Test
  void theTablesOfBusesAreTheSettingsOfTheCode() throws Exception {
    documented("## Bus: `modbus-rtu`", LinkSettings.RTU);
    documented("## Bus: `modbus-tcp`", LinkSettings.TCP);
    documented("## Bus: `modbus-rtu-tcp`", LinkSettings.RTU_TCP);
    Schema character = Schema.of(LinkSettings.ASCII_DATA_BITS, LinkSettings.ASCII_PARITY);
    documented("## Bus: `modbus-ascii`", character);
    assertThat(without(LinkSettings.ASCII, "data-bits", "parity"))
        .isEqualTo(without(LinkSettings.RTU, "parity"));
  }

  @Test
  void theTablesOfDevicesAndPointsAreTheSettingsOfTheCode() throws Exception {
    documented("## Device", ModbusSettings.LINE_DEVICE);
    documented("## Device on `modbus-tcp`", Schema.of(ModbusSettings.TCP_UNIT));
    assertThat(without(ModbusSettings.NETWORK_DEVICE, "unit"))
        .isEqualTo(without(ModbusSettings.LINE_DEVICE, "unit"));
    documented("## Point", ModbusSettings.POINT);
  }

  private static void documented(String heading, Schema schema) throws Exception {
    SettingsTable.assertDocumented(README, heading, schema);
  }

  private static List<Setting<?>> without(Schema schema, String... keys) {
    List<String> left = List.of(keys);
    return schema.settings().stream().filter(setting -> !left.contains(setting.key())).toList();
  }
}
