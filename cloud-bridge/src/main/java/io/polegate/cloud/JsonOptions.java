package io.polegate.cloud;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.time.Duration;

/**
 * The settings that only the JSON format has, typed.
 *
 * @param pole its id
 * @param configuration whether the platform may change the document of the pole
 * @param byPlatform whether the platform's word is needed to forget an item
 * @param snapshots time between two snapshots while there is a backlog
 * @param compression of telemetry and snapshots
 */
record JsonOptions(
    String pole,
    boolean configuration,
    boolean byPlatform,
    Duration snapshots,
    Compression compression) {

  static JsonOptions of(String pole, Settings settings) throws InvalidSettingException {
    return new JsonOptions(
        pole,
        settings.get(JsonFormat.CONFIGURATION),
        settings.get(JsonFormat.ACKNOWLEDGE) == JsonFormat.Acknowledge.PLATFORM,
        settings.get(JsonFormat.SNAPSHOT_INTERVAL),
        settings.get(JsonFormat.COMPRESSION));
  }
}
