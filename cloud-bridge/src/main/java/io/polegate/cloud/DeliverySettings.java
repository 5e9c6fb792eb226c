package io.polegate.cloud;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/** The settings of how much of the journal goes at once. Stateless. */
final class DeliverySettings {
  static final Setting<Integer> BATCH =
      Setting.integer("batch", 1, 5000)
          .defaultsTo("200")
          .described("items per message at most; 256 kB per message is the other limit");
  static final Setting<Integer> WINDOW =
      Setting.integer("window", 1, 64)
          .defaultsTo("16")
          .described("messages under way per lane before one must be acknowledged");
  static final Setting<Integer> HISTORY_PACE =
      Setting.integer("history-pace", 0, 1_000_000)
          .defaultsTo("0")
          .described("readings a second from before the session at most; 0 for no limit");
  static final Setting<Duration> SPREAD =
      Setting.duration("spread", Duration.ZERO, Duration.ofMinutes(30))
          .defaultsTo("0s")
          .described(
              "after an outage longer than this, and after a start, readings from before it wait a"
                  + " random part of it");

  private DeliverySettings() {}

  /**
   * These settings, typed.
   *
   * @param platformPatience how long the platform may be silent; empty if the broker's word is the
   *     last
   */
  static DeliveryOptions options(Settings settings, Optional<Duration> platformPatience)
      throws InvalidSettingException {
    return new DeliveryOptions(
        settings.get(BATCH),
        settings.get(WINDOW),
        platformPatience,
        settings.get(HISTORY_PACE),
        settings.get(SPREAD));
  }
}
