package io.polegate.driver.dlt645;

import io.polegate.serialport.SystemSerialPorts;
import io.polegate.testkit.SettingsTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path README = Path.of("README.md");

  @Test
  void theTablesOfTheReadmeAreTheSettingsOfTheCode() throws Exception {
    Dlt645Factory factory = new Dlt645Factory(new SystemSerialPorts());
    SettingsTable.assertDocumented(README, "## Bus", factory.busSettings());
    SettingsTable.assertDocumented(README, "## Device", factory.deviceSettings());
    SettingsTable.assertDocumented(README, "## Point", factory.pointSettings());
  }
}
