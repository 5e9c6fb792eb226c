package io.polegate.cloud;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings that every MQTT format has. Stateless. */
final class LinkSettings {
  static final Setting<List<URI>> URL =
      Setting.of(
              "url",
              "tcp://host:port or ssl://host:port, several with commas between",
              LinkSettings::brokers)
          .required()
          .described(
              "the broker; of several, the next is tried when no session comes about; ssl (or"
                  + " mqtts) is TLS");
  static final Setting<String> USERNAME =
      Setting.text("username").described("name at the broker; none logs in without one");
  static final Setting<String> PASSWORD =
      Setting.text("password").described("password at the broker, needs a username");
  static final Setting<String> CLIENT_ID =
      Setting.of("client-id", "1 to 128 printable ASCII characters", LinkSettings::clientId)
          .described(
              "MQTT client id, unique at the broker; none means pole id, dash, connection id");
  static final Setting<Duration> KEEP_ALIVE =
      Setting.duration("keep-alive", Duration.ofSeconds(1), Duration.ofMinutes(10))
          .defaultsTo("30s")
          .described(
              "longest silence on the line; after twice this without an acknowledgement the session"
                  + " is dropped");
  static final Setting<Duration> RETRY_FIRST =
      Setting.duration("retry-first", Duration.ofMillis(10), Duration.ofHours(1))
          .defaultsTo("1s")
          .described("first pause before connecting again; doubles, with 25 % jitter");
  static final Setting<Duration> RETRY_LIMIT =
      Setting.duration("retry-limit", Duration.ofMillis(10), Duration.ofHours(24))
          .defaultsTo("60s")
          .described("longest pause before connecting again");

  static final Setting<WritePermission> COMMANDS =
      Setting.of(
              "commands",
              "*, none, or patterns device.point with stars and commas between",
              WritePermission::of)
          .defaultsTo("*")
          .described("which of the writable points this platform may write");

  private static final List<Setting<?>> ALL =
      List.of(URL, USERNAME, PASSWORD, CLIENT_ID, KEEP_ALIVE, RETRY_FIRST, RETRY_LIMIT, COMMANDS);
  private static final Set<String> SCHEMES = Set.of("tcp", "ssl", "mqtts");
  private static final int MOST_BROKERS = 8;

  private LinkSettings() {}

  /** The schema of a format: these settings, then its own. */
  static Schema with(Setting<?>... own) {
    List<Setting<?>> all = new ArrayList<>(ALL);
    all.addAll(TlsSettings.ALL);
    all.addAll(List.of(own));
    return new Schema(all);
  }

  /**
   * Checks these settings against each other.
   *
   * @throws InvalidSettingException naming the key that is wrong and the remedy
   */
  static void check(Settings connection) throws InvalidSettingException {
    if (connection.find(PASSWORD).isPresent() && connection.find(USERNAME).isEmpty()) {
      throw new InvalidSettingException(
          PASSWORD.key(), "has no username beside it: MQTT sends a password only with one");
    }
    if (connection.get(RETRY_FIRST).compareTo(connection.get(RETRY_LIMIT)) > 0) {
      throw new InvalidSettingException(
          RETRY_FIRST.key(), "is longer than retry-limit: write a shorter one");
    }
    TlsSettings.check(connection, connection.get(URL));
  }

  /**
   * What no two connections may share at a broker: that, and the client id if one is named.
   *
   * @param what in words
   */
  static Set<String> claims(Settings connection, String what) throws InvalidSettingException {
    Set<String> claims = new LinkedHashSet<>();
    Optional<String> client = connection.find(CLIENT_ID);
    for (URI broker : connection.get(URL)) {
      String place = " at " + broker.getHost() + ":" + broker.getPort();
      claims.add(what + place);
      client.ifPresent(id -> claims.add("the client id \"" + id + "\"" + place));
    }
    return claims;
  }

  private static List<URI> brokers(String text) {
    List<URI> brokers = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      brokers.add(broker(one.strip()));
    }
    if (brokers.size() > MOST_BROKERS || Set.copyOf(brokers).size() < brokers.size()) {
      throw new IllegalArgumentException("too many brokers, or one twice: " + text);
    }
    return List.copyOf(brokers);
  }

  private static URI broker(String text) {
    URI uri = URI.create(text);
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
