package io.polegate.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A plugin to be, as a tool would build it, with room for mistakes. */
final class FixtureJar {
  private static final String CLASSES = "io/polegate/plugins/";
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  /** A good one. */
  FixtureJar(String symbolicName, String version, String driver) throws IOException {
    headers.put("Bundle-ManifestVersion", "2");
    headers.put("Bundle-SymbolicName", symbolicName);
    headers.put("Bundle-Version", version);
    headers.put(
        "Import-Package",
        "io.polegate.api.driver;version=\"[0.1,1)\",io.polegate.api.settings;version=\"[0.1,1)\"");
    headers.put("Service-Component", "OSGI-INF/fixture.xml");
    entries.put(
        "OSGI-INF/fixture.xml",
        """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="fixture">
          <implementation class="io.polegate.plugins.FixtureFactory"/>
          <service><provide interface="io.polegate.api.driver.DriverFactory"/></service>
        </scr:component>
        """
            .getBytes(StandardCharsets.UTF_8));
    entries.put(CLASSES + "FixtureFactory.class", bytesOf("FixtureFactory.class"));
    entries.put(CLASSES + "FixtureActivator.class", bytesOf("FixtureActivator.class"));
    behave(driver, "nowhere");
  }

  private static byte[] bytesOf(String name) throws IOException {
    try (InputStream in = FixtureJar.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  /** Its driver is called so and breaks there: nowhere, component or name. */
  FixtureJar behave(String driver, String breaks) {
    entries.put(
        "fixture.properties",
        "driver=%s%nbreaks=%s".formatted(driver, breaks).getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** With another header. */
  FixtureJar with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  /** With more imports than the API. */
  FixtureJar importing(String clause) {
    return with("Import-Package", headers.get("Import-Package") + "," + clause);
  }

  /** Without a header. */
  FixtureJar without(String header) {
    headers.remove(header);
    return this;
  }

  /** With something more in it. */
  FixtureJar holding(String entry) {
    entries.put(entry, new byte[] {1});
    return this;
  }

  /** Builds it somewhere else and renames it into place, as a careful person does. */
  void moveTo(Path file) throws IOException {
    Path building = Files.createTempFile("fixture", ".building");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
    try (JarOutputStream jar =
        headers.isEmpty()
            ? new JarOutputStream(Files.newOutputStream(building))
            : new JarOutputStream(Files.newOutputStream(building), manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey()));
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    }
    Files.move(building, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** As if a copy to this file had been cut off. */
  void copyHalfTo(Path file) throws IOException {
    Path whole = Files.createTempFile("fixture", ".jar");
    moveTo(whole);
    byte[] bytes = Files.readAllBytes(whole);
    Files.delete(whole);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
  }

  /** Without any manifest at all. */
  FixtureJar withoutManifest() {
    headers.clear();
    return this;
  }
}
