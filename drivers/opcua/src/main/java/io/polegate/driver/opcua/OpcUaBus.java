package io.polegate.driver.opcua;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import io.polegate.driver.opcua.OpcUaSettings.Security;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One server and how to speak with it.
 *
 * @param url where it is
 * @param security how the connection is protected
 * @param checkHost whether its certificate must name the host
 * @param user who the gateway is there
 * @param timeout longest wait for one answer
 * @param sessionTimeout how long the server keeps a broken session
 * @param publishing time between two publications
 */
record OpcUaBus(
    ServerUrl url,
    Security security,
    boolean checkHost,
    User user,
    Duration timeout,
    Duration sessionTimeout,
    Duration publishing) {

  /** Who the gateway is at the server. */
  sealed interface User {

    /** Nobody in particular. */
    record Anonymous() implements User {}

    /** Somebody with a password. */
    record Named(String name, String password) implements User {
      @Override
      public String toString() {
        return "Named[" + name + "]";
      }
    }

    /** Whoever has the key. */
    record Certified(Path certificate, Path key) implements User {}
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSettingException if they do not fit together
   */
  static OpcUaBus of(Settings bus) throws InvalidSettingException {
    return new OpcUaBus(
        bus.get(OpcUaSettings.ENDPOINT),
        bus.get(OpcUaSettings.SECURITY),
        bus.get(OpcUaSettings.CHECK_HOST),
        user(bus),
        bus.get(OpcUaSettings.TIMEOUT),
        bus.get(OpcUaSettings.SESSION_TIMEOUT),
        bus.get(OpcUaSettings.PUBLISHING));
  }

  private static User user(Settings bus) throws InvalidSettingException {
    boolean named = together(bus, OpcUaSettings.USERNAME, OpcUaSettings.PASSWORD);
    boolean certified = together(bus, OpcUaSettings.USER_CERTIFICATE, OpcUaSettings.USER_KEY);
    if (named && certified) {
      throw new InvalidSettingException(
          "username", "and user-certificate are two users: write one of them");
    }
    if (named) {
      return new User.Named(
          bus.find(OpcUaSettings.USERNAME).orElseThrow(),
          bus.find(OpcUaSettings.PASSWORD).orElseThrow());
    }
    if (certified) {
      return new User.Certified(
          Path.of(bus.find(OpcUaSettings.USER_CERTIFICATE).orElseThrow()),
          Path.of(bus.find(OpcUaSettings.USER_KEY).orElseThrow()));
    }
    return new User.Anonymous();
  }

  private static boolean together(Settings bus, Setting<String> one, Setting<String> other)
      throws InvalidSettingException {
    boolean first = bus.find(one).isPresent();
    if (first != bus.find(other).isPresent()) {
      throw new InvalidSettingException(
          first ? other.key() : one.key(),
          "is missing: " + one.key() + " and " + other.key() + " go together");
    }
    return first;
  }
}
