package io.polegate.cloud;

import io.polegate.api.config.UplinkFormat;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The uplink format {@code json}: its name and its settings. Thread-safe, no state. */
@Component(service = UplinkFormat.class)
public final class JsonFormat implements UplinkFormat {
  static final String NAME = "json";

  static final Setting<URI> URL =
      Setting.of("url", "tcp://host:port or ssl://host:port", JsonFormat::broker)
          .required()
          .described("the broker; ssl trusts the authorities of the Java runtime");
  static final Setting<String> USERNAME =
      Setting.text("username").described("name at the broker; none logs in without one");
  static final Setting<String> PASSWORD =
      Setting.text("password").described("password at the broker, needs a username");
  static final Setting<String> CLIENT_ID =
      Setting.of("client-id", "1 to 128 printable ASCII characters", JsonFormat::clientId)
          .described(
              "MQTT client id, unique at the broker; none means pole id, dash, connection id");
  static final Setting<Duration> KEEP_ALIVE =
      Setting.duration("keep-alive", Duration.ofSeconds(1), Duration.ofMinutes(10))
          .defaultsTo("30s")
          .described(
              "longest silence on the line; after twice this without an acknowledgement the session"
                  + " is dropped");
  static final Setting<Integer> BATCH =
      Setting.integer("batch", 1, 5000)
          .defaultsTo("200")
          .described("items per message at most; 256 kB per message is the other limit");
  static final Setting<Integer> WINDOW =
      Setting.integer("window", 1, 64)
          .defaultsTo("16")
          .described("messages under way per lane before one must be acknowledged");
  static final Setting<Duration> RETRY_FIRST =
      Setting.duration("retry-first", Duration.ofMillis(10), Duration.ofHours(1))
          .defaultsTo("1s")
          .described("first pause before connecting again; doubles, with 25 % jitter");
  static final Setting<Duration> RETRY_LIMIT =
      Setting.duration("retry-limit", Duration.ofMillis(10), Duration.ofHours(24))
          .defaultsTo("60s")
          .described("longest pause before connecting again");

  static final Setting<Boolean> CONFIGURATION =
      Setting.flag("configuration")
          .defaultsTo("false")
          .described("whether this platform may change the document of the pole");

  static final Schema SCHEMA =
      Schema.of(
          URL,
          USERNAME,
          PASSWORD,
          CLIENT_ID,
          KEEP_ALIVE,
          BATCH,
          WINDOW,
          RETRY_FIRST,
          RETRY_LIMIT,
          CONFIGURATION);

  private static final Set<String> SCHEMES = Set.of("tcp", "ssl");

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
    if (connection.find(PASSWORD).isPresent() && connection.find(USERNAME).isEmpty()) {
      throw new InvalidSettingException(
          PASSWORD.key(), "has no username beside it: MQTT sends a password only with one");
    }
    if (connection.get(RETRY_FIRST).compareTo(connection.get(RETRY_LIMIT)) > 0) {
      throw new InvalidSettingException(
          RETRY_FIRST.key(), "is longer than retry-limit: write a shorter one");
    }
  }

  private static URI broker(String text) {
    URI uri = URI.create(text.strip());
    boolean plain =
        uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && (uri.getRawPath() == null || uri.getRawPath().isEmpty());
    boolean reachable = uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= 65_535;
    if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || !plain || !reachable) {
      throw new IllegalArgumentException("not a broker: " + text);
    }
    return uri;
  }

  private static String clientId(String text) {
    if (!text.matches("[!-~]{1,128}")) {
      throw new IllegalArgumentException("not a client id: " + text);
    }
    return text;
  }
}
