package io.polegate.driver.opcua;

import io.polegate.testkit.SettingsTable;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path README = Path.of("README.md");

  @Test
  void theTablesOfTheReadmeAreTheSettingsOfTheCode() throws Exception {
    OpcUa factory = new OpcUa(Optional.empty());
    SettingsTable.assertDocumented(README, "## Bus", factory.busSettings());
    SettingsTable.assertDocumented(README, "## Device", factory.deviceSettings());
    SettingsTable.assertDocumented(README, "## Point", factory.pointSettings());
  }
}
