package io.polegate.cloud;

import io.polegate.api.config.UplinkFormat;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The uplink format {@code json}: its name and its settings. Thread-safe, no state. */
@Component(service = UplinkFormat.class)
public final class JsonFormat implements UplinkFormat {
  static final String NAME = "json";

  /** Whose word lets an item go. */
  enum Acknowledge {
    /** The broker's. */
    BROKER,
    /** The platform's own, on the topic {@code ack}. */
    PLATFORM
  }

  static final Setting<Acknowledge> ACKNOWLEDGE =
      Setting.choice("acknowledge", Acknowledge.class)
          .defaultsTo("broker")
          .described("whose word lets an item go: the broker's, or the platform's on `ack`");
  static final Setting<Duration> PLATFORM_TIMEOUT =
      Setting.duration("platform-timeout", Duration.ofSeconds(1), Duration.ofHours(24))
          .defaultsTo("5m")
          .described(
              "with `acknowledge: platform`: longest time without its word on a lane; then a new"
                  + " session sends again");
  static final Setting<Duration> SNAPSHOT_INTERVAL =
      Setting.duration("snapshot-interval", Duration.ofSeconds(1), Duration.ofHours(24))
          .defaultsTo("60s")
          .described("time between two snapshots of the present values while there is a backlog");
  static final Setting<Compression> COMPRESSION =
      Setting.choice("compression", Compression.class)
          .defaultsTo("none")
          .described("of telemetry and snapshots");
  static final Setting<Boolean> CONFIGURATION =
      Setting.flag("configuration")
          .defaultsTo("false")
          .described("whether this platform may change the document of the pole");

  static final Schema SCHEMA =
      LinkSettings.with(
          DeliverySettings.BATCH,
          DeliverySettings.WINDOW,
          DeliverySettings.HISTORY_PACE,
          DeliverySettings.SPREAD,
          ACKNOWLEDGE,
          PLATFORM_TIMEOUT,
          SNAPSHOT_INTERVAL,
          COMPRESSION,
          CONFIGURATION);

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

  @Override
  public Set<String> claims(Settings connection) throws InvalidSettingException {
    return LinkSettings.claims(connection, "the topics of the pole");
  }
}
