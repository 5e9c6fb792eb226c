package io.polegate.cloud;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of one Sparkplug uplink beside those of its link, typed.
 *
 * @param topics of the node and its devices
 * @param primaryHost without which nothing is sent; empty to send always
 * @param commandLifetime from the timestamp of a command to its deadline
 * @param marker topic of the marker that the broker acknowledges
 * @param elsewhere whether there is another broker to try
 */
record SparkplugOptions(
    SparkplugTopics topics,
    Optional<String> primaryHost,
    Duration commandLifetime,
    String marker,
    boolean elsewhere) {

  static SparkplugOptions of(String pole, ConnectionSpec spec, boolean elsewhere)
      throws InvalidSettingException {
    Settings settings = spec.settings();
    return new SparkplugOptions(
        new SparkplugTopics(
            settings.get(SparkplugFormat.GROUP), settings.find(SparkplugFormat.NODE).orElse(pole)),
        settings.find(SparkplugFormat.PRIMARY_HOST),
        settings.get(SparkplugFormat.COMMAND_LIFETIME),
        settings.find(SparkplugFormat.MARKER).orElse("polegate/v1/" + pole + "/barrier"),
        elsewhere);
  }
}
