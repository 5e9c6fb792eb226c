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

/** The uplink format {@code sparkplug}: its name and its settings. Thread-safe, no state. */
@Component(service = UplinkFormat.class)
public final class SparkplugFormat implements UplinkFormat {
  static final String NAME = "sparkplug";

  private static final String ID_FORM = "1 to 128 characters but +, / and #";

  static final Setting<String> GROUP =
      Setting.of("group", ID_FORM, SparkplugFormat::id).required().described("Sparkplug group id");
  static final Setting<String> NODE =
      Setting.of("node", ID_FORM, SparkplugFormat::id)
          .described("Sparkplug edge node id, unique in the group; none means the pole id");
  static final Setting<String> PRIMARY_HOST =
      Setting.of("primary-host", ID_FORM, SparkplugFormat::id)
          .described(
              "host application without which nothing is sent; none sends to whoever listens");
  static final Setting<Duration> COMMAND_LIFETIME =
      Setting.duration("command-lifetime", Duration.ofSeconds(1), Duration.ofHours(1))
          .defaultsTo("30s")
          .described("from the timestamp of a command to the moment at which it is too late");
  static final Setting<String> MARKER =
      Setting.of("marker", "a topic without + and #, not below spBv1.0/", SparkplugFormat::topic)
          .described(
              "topic of the QoS 1 marker behind each batch; none means polegate/v1/POLE/barrier");
  static final Schema SCHEMA =
      LinkSettings.with(
          GROUP,
          NODE,
          PRIMARY_HOST,
          COMMAND_LIFETIME,
          MARKER,
          DeliverySettings.BATCH,
          DeliverySettings.WINDOW,
          DeliverySettings.HISTORY_PACE,
          DeliverySettings.SPREAD);

  /** For the service registry. */
  @Activate
  public SparkplugFormat() {}

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
    return LinkSettings.claims(
        connection,
        "the edge node %s in the group \"%s\""
            .formatted(
                connection.find(NODE).map(id -> "\"" + id + "\"").orElse("of the pole"),
                connection.get(GROUP)));
  }

  private static String id(String text) {
    require(!text.isBlank() && text.length() <= 128);
    require(text.chars().noneMatch(c -> c == '+' || c == '/' || c == '#' || c < ' '));
    return text;
  }

  private static String topic(String text) {
    require(!text.isBlank() && text.length() <= 256 && !text.startsWith("spBv1.0/"));
    require(!text.startsWith("$"));
    require(text.chars().noneMatch(c -> c == '+' || c == '#' || c < ' '));
    return text;
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("not a Sparkplug id or topic");
    }
  }
}
