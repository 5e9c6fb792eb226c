package io.polegate.plugins;

import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * The driver in the jars of the tests; a file in the jar says how it is called and how it fails.
 */
public final class FixtureFactory implements DriverFactory {
  private final Properties properties = properties();

  /** Made by Declarative Services. */
  public FixtureFactory() {
    if (properties.getProperty("breaks").equals("component")) {
      throw new IllegalStateException("no licence");
    }
  }

  static Properties properties() {
    Properties properties = new Properties();
    try (InputStream in = FixtureFactory.class.getResourceAsStream("/fixture.properties")) {
      properties.load(Objects.requireNonNull(in));
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    if (properties.getProperty("breaks").equals("name")) {
      throw new NoClassDefFoundError("com/example/Gone");
    }
    return properties.getProperty("driver");
  }

  @Override
  public Schema busSettings() {
    return Schema.of();
  }

  @Override
  public Schema deviceSettings() {
    return Schema.of();
  }

  @Override
  public Schema pointSettings() {
    return Schema.of();
  }

  @Override
  public Driver create(Settings bus) {
    throw new UnsupportedOperationException("nobody reads here");
  }
}
