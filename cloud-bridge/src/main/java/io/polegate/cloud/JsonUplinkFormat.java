package io.polegate.cloud;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/** Makes uplinks that speak JSON. Thread-safe, no state. */
final class JsonUplinkFormat implements Format {

  @Override
  public String name() {
    return JsonFormat.NAME;
  }

  /** Devices come and go without a word to the platform. */
  @Override
  public Object basis(PoleSpec pole) {
    return "";
  }

  @Override
  public UplinkPlan plan(PoleSpec pole, ConnectionSpec connection, Surroundings around)
      throws InvalidSettingException {
    Settings settings = connection.settings();
    LinkOptions link = LinkOptions.of(pole.id(), connection);
    JsonOptions options = JsonOptions.of(pole.id(), settings);
    Optional<Duration> patience =
        options.byPlatform()
            ? Optional.of(settings.get(JsonFormat.PLATFORM_TIMEOUT))
            : Optional.empty();
    PlatformInbox platform = new PlatformInbox(link.connection(), around);
    SnapshotSize snapshotSize = new SnapshotSize(around.nanos());
    return new UplinkPlan(
        link,
        DeliverySettings.options(settings, patience),
        situation -> {
          platform.word().begin(situation.backlog());
          snapshotSize.begin();
          return new JsonConversation(options, link, platform, snapshotSize, around, situation);
        });
  }
}
