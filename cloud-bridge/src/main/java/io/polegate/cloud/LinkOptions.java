package io.polegate.cloud;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What every MQTT format needs to connect, typed.
 *
 * @param urls brokers in the order in which they are tried, at least one
 * @param commands which points the platform may write
 */
record LinkOptions(
    String connection,
    List<URI> urls,
    Optional<String> username,
    Optional<String> password,
    String clientId,
    Duration keepAlive,
    Duration retryFirst,
    Duration retryLimit,
    WritePermission commands) {

  /** Copies the list. */
  LinkOptions {
    urls = List.copyOf(urls);
  }

  static LinkOptions of(String pole, ConnectionSpec spec) throws InvalidSettingException {
    Settings settings = spec.settings();
    return new LinkOptions(
        spec.id(),
        settings.get(LinkSettings.URL),
        settings.find(LinkSettings.USERNAME),
        settings.find(LinkSettings.PASSWORD),
        settings.find(LinkSettings.CLIENT_ID).orElse(pole + "-" + spec.id()),
        settings.get(LinkSettings.KEEP_ALIVE),
        settings.get(LinkSettings.RETRY_FIRST),
        settings.get(LinkSettings.RETRY_LIMIT),
        settings.get(LinkSettings.COMMANDS));
  }

  /** How long the broker may leave everything unacknowledged before the session is given up. */
  Duration patience() {
    return keepAlive.multipliedBy(2);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "LinkOptions[" + connection + " " + urls + "]";
  }
}
