package io.polegate.driver.modbus;

import io.polegate.testkit.SettingsTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path README = Path.of("README.md");

  @Test
  void theTablesOfTheReadmeAreTheSettingsOfTheCode() throws Exception {
    SettingsTable.assertDocumented(README, "## Bus: `modbus-rtu`", new ModbusRtu().busSettings());
    SettingsTable.assertDocumented(README, "## Bus: `modbus-tcp`", new ModbusTcp().busSettings());
    SettingsTable.assertDocumented(
        README, "## Device on `modbus-rtu`", new ModbusRtu().deviceSettings());
    SettingsTable.assertDocumented(
        README, "## Device on `modbus-tcp`", new ModbusTcp().deviceSettings());
    SettingsTable.assertDocumented(README, "## Point", new ModbusRtu().pointSettings());
  }
}
