package io.polegate.api.driver;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.util.Optional;

/**
 * Makes drivers of one kind. A plugin registers one as an OSGi service; that is all it takes.
 *
 * <p>The three schemas are the single description of the settings: documents are checked against
 * them before any driver is made, forms and tables are drawn from them. Thread-safe.
 */
public interface DriverFactory {

  /** The name that documents use after {@code driver:}, for instance {@code modbus-rtu}. */
  String name();

  /**
   * Settings of a bus, beside those that the gateway itself owns ({@code driver}, {@code
   * retry-limit}).
   */
  Schema busSettings();

  /**
   * Settings of a device on such a bus, beside {@code bus}, {@code poll}, {@code points} and so on.
   */
  Schema deviceSettings();

  /** Settings of a point, beside {@code scale}, {@code unit}, {@code report} and so on. */
  Schema pointSettings();

  /**
   * What such a bus occupies. Pure.
   *
   * @param bus settings that passed {@link #busSettings()}
   * @return empty if nothing that another bus could want as well
   * @throws InvalidSettingException if they do not fit together
   */
  default Optional<Endpoint> endpoint(Settings bus) throws InvalidSettingException {
    return Optional.empty();
  }

  /**
   * Makes a driver for one endpoint. No I/O.
   *
   * @param bus settings that passed {@link #busSettings()}
   * @throws InvalidSettingException if they do not fit together
   */
  Driver create(Settings bus) throws InvalidSettingException;
}
