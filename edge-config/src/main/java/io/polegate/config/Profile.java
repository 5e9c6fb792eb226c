package io.polegate.config;

import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.DeviceSpec.Confidence;
import java.util.Map;

/**
 * A device model as data, with everything that it extends taken over.
 *
 * @param id its file name without {@code .yaml}
 * @param table all its keys
 * @param origin what devices tell of it
 */
record Profile(String id, Node.Table table, DeviceSpec.Profile origin) {

  /** Reads what the profile says of itself. Problems go to the findings. */
  static Profile of(String id, Node.Table table, Findings findings) {
    Section section =
        new Section(
            "profile " + Findings.quote(id), table.place(), table, ProfileKeys.BESIDE, findings);
    section.checkAll(ProfileKeys.OF_PROFILE);
    ProfileCheck.check("profile " + Findings.quote(id), table, findings);
    DeviceSpec.Profile origin =
        new DeviceSpec.Profile(
            id,
            section.value(ProfileKeys.VERSION).orElse(0),
            Map.of(
                "zh", section.value(ProfileKeys.NAME_ZH).orElse(id),
                "en", section.value(ProfileKeys.NAME_EN).orElse(id)),
            section.value(ProfileKeys.CONFIDENCE).orElse(Confidence.LOW),
            section.value(ProfileKeys.SOURCE).orElse(""));
    return new Profile(id, table, origin);
  }

  /** The same with other keys, after something was chosen. */
  Profile with(Node.Table other) {
    return new Profile(id, other, origin);
  }

  /** For messages. */
  String name() {
    return "profile " + Findings.quote(id);
  }
}
