package io.polegate.cloud;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of one JSON uplink, typed.
 *
 * @param batch items per message at most
 * @param window messages under way per lane at most
 * @param configuration whether the platform may change the document of the pole
 */
record UplinkOptions(
    String pole,
    String connection,
    URI url,
    Optional<String> username,
    Optional<String> password,
    String clientId,
    Duration keepAlive,
    int batch,
    int window,
    Duration retryFirst,
    Duration retryLimit,
    boolean configuration) {

  static UplinkOptions of(String pole, ConnectionSpec spec) throws InvalidSettingException {
    Settings settings = spec.settings();
    return new UplinkOptions(
        pole,
        spec.id(),
        settings.get(JsonFormat.URL),
        settings.find(JsonFormat.USERNAME),
        settings.find(JsonFormat.PASSWORD),
        settings.find(JsonFormat.CLIENT_ID).orElse(pole + "-" + spec.id()),
        settings.get(JsonFormat.KEEP_ALIVE),
        settings.get(JsonFormat.BATCH),
        settings.get(JsonFormat.WINDOW),
        settings.get(JsonFormat.RETRY_FIRST),
        settings.get(JsonFormat.RETRY_LIMIT),
        settings.get(JsonFormat.CONFIGURATION));
  }

  /** How long the broker may leave everything unacknowledged before the session is given up. */
  Duration patience() {
    return keepAlive.multipliedBy(2);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "UplinkOptions[" + connection + " " + url + "]";
  }
}
