package io.polegate.driver.opcua;

import io.polegate.api.data.Value;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Words of the tests. */
final class Pole {
  private static final Settings LAMP = new Settings(Map.of("namespace", "urn:lamp"));

  private Pole() {}

  /** A driver for a server on loopback; {@code more} are keys and values. */
  static OpcUaDriver driver(int port, Optional<Path> data, String... more)
      throws InvalidSettingException {
    Map<String, String> texts = new HashMap<>();
    texts.put("endpoint", "opc.tcp://127.0.0.1:" + port);
    texts.put("timeout", "5s");
    texts.put("publishing", "50ms");
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1]);
    }
    return (OpcUaDriver) new OpcUa(data).create(new Settings(texts));
  }

  /** A point of the lamp. */
  static Point point(OpcUaDriver driver, String address, String type, String... more)
      throws InvalidSettingException {
    Map<String, String> texts = new HashMap<>();
    texts.put("address", address);
    texts.put("type", type);
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1]);
    }
    return driver.point(LAMP, new Settings(texts));
  }

  /** The level of the lamp, which fits every server of the tests. */
  static Sample level(OpcUaDriver driver) throws Exception {
    return driver.read(List.of(point(driver, "s=Level", "integer"))).get(0);
  }

  /** What {@link #level} should be. */
  static Value fifty() {
    return new Value.Int(50);
  }
}
