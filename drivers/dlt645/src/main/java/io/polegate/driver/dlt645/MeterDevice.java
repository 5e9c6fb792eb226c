package io.polegate.driver.dlt645;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;

/**
 * What has to be known of a meter to ask it.
 *
 * @param address twelve digits, {@link #ALL} or {@link #ANY}
 * @param wake bytes before each request, 0 to 4
 */
record MeterDevice(String address, int wake) {
  /** All meters at once, which obey and say nothing. */
  static final String ALL = "999999999999";

  /** Whoever is there: for finding the address of a meter that is alone on the line. */
  static final String ANY = "AAAAAAAAAAAA";

  /** Reads the settings of a device. */
  static MeterDevice of(Settings settings) throws InvalidSettingException {
    return new MeterDevice(
        settings.get(MeterSettings.ADDRESS), settings.get(MeterSettings.PREAMBLE));
  }

  @Override
  public String toString() {
    return address.equals(ANY) ? "a meter" : "meter " + address;
  }
}
