package io.polegate.cloud;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;

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
    boolean configuration = settings.get(JsonFormat.CONFIGURATION);
    return new UplinkPlan(
        link,
        new DeliveryOptions(settings.get(JsonFormat.BATCH), settings.get(JsonFormat.WINDOW)),
        situation -> new JsonConversation(pole.id(), link, configuration, around, situation));
  }
}
