package io.polegate.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

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

  private PoleDocument() {}

  /** The YAML text. */
  static String text(Path serialPort, int meterPort, int manholePort, int mqttPort) {
    return template()
        .replace("${pole}", POLE)
        .replace("${serial-port}", serialPort.toString())
        .replace("${meter-port}", Integer.toString(meterPort))
        .replace("${manhole-port}", Integer.toString(manholePort))
        .replace("${mqtt-port}", Integer.toString(mqttPort));
  }

  private static String template() {
    try (InputStream in = PoleDocument.class.getResourceAsStream("pole.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's own document cannot be read", e);
    }
  }
}
