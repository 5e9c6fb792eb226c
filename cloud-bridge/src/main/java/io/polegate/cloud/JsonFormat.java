package io.polegate.cloud;

import io.polegate.api.config.UplinkFormat;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The uplink format {@code json}: its name and its settings. Thread-safe, no state. */
@Component(service = UplinkFormat.class)
public final class JsonFormat implements UplinkFormat {
  static final String NAME = "json";

  static final Setting<Integer> BATCH =
      Setting.integer("batch", 1, 5000)
          .defaultsTo("200")
          .described("items per message at most; 256 kB per message is the other limit");
  static final Setting<Integer> WINDOW =
      Setting.integer("window", 1, 64)
          .defaultsTo("16")
          .described("messages under way per lane before one must be acknowledged");
  static final Setting<Boolean> CONFIGURATION =
      Setting.flag("configuration")
          .defaultsTo("false")
          .described("whether this platform may change the document of the pole");

  static final Schema SCHEMA = LinkSettings.with(BATCH, WINDOW, CONFIGURATION);

  /** For the service registry. */
  @Activate
  public JsonFormat() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Schema settings() {
    return SCHEMA;
  }

  @Override
  public void check(Settings connection) throws InvalidSettingException {
    LinkSettings.check(connection);
  }
}
