package io.polegate.api.config;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.util.Set;

/**
 * A kind of uplink that documents may name after {@code format:}; registered as an OSGi service.
 * Thread-safe.
 */
public interface UplinkFormat {

  /** For instance {@code json}. */
  String name();

  /** Settings of such a connection, beside {@code format}. */
  Schema settings();

  /**
   * Checks settings that passed {@link #settings()} against each other. No I/O.
   *
   * @throws InvalidSettingException naming the key that is wrong and the remedy
   */
  void check(Settings connection) throws InvalidSettingException;

  /**
   * What no other connection of the pole may have as well, each in words for a person: {@code the
   * topics of the pole at mqtt.example.org:1883}. Asked for settings that passed the check.
   *
   * @throws InvalidSettingException if they did not
   */
  default Set<String> claims(Settings connection) throws InvalidSettingException {
    return Set.of();
  }
}
