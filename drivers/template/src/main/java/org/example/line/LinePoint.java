package org.example.line;

import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.Point;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;

/**
 * One number of one station, parsed once.
 *
 * @param address as it goes over the wire
 */
record LinePoint(String address) implements Point {

  /** Parses the settings; the schemas have checked the form of each already. */
  static LinePoint of(Settings device, Settings point) throws InvalidSettingException {
    return new LinePoint(
        device.get(LineSettings.STATION) + "/" + point.get(LineSettings.NAME));
  }

  @Override
  public ValueType type() {
    return ValueType.REAL;
  }

  @Override
  public Access access() {
    return Access.READ_WRITE;
  }
}
