package io.polegate.driver.opcua;

import io.polegate.api.data.ValueType;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Everything that can be set, and the only place where it is described. */
final class OpcUaSettings {

  /** How the connection is protected. */
  enum Security {
    NONE("none"),
    SIGN("Basic256Sha256-Sign"),
    SIGN_AND_ENCRYPT("Basic256Sha256-SignAndEncrypt");

    private final String written;

    Security(String written) {
      this.written = written;
    }

    static String form() {
      return Arrays.stream(values())
          .map(security -> security.written)
          .collect(Collectors.joining(", ", "one of ", ""));
    }

    static Security parse(String text) {
      return Arrays.stream(values())
          .filter(security -> security.written.equals(text))
          .findFirst()
          .orElseThrow(IllegalArgumentException::new);
    }
  }

  /** What a value is on this side. */
  enum Type {
    BOOL(ValueType.BOOLEAN),
    INTEGER(ValueType.INTEGER),
    REAL(ValueType.REAL),
    TEXT(ValueType.TEXT),
    BYTES(ValueType.BYTES);

    private final ValueType type;

    Type(ValueType type) {
      this.type = type;
    }

    ValueType type() {
      return type;
    }
  }

  static final Setting<ServerUrl> ENDPOINT =
      Setting.of("endpoint", ServerUrl.FORM, ServerUrl::parse)
          .required()
          .described("where the server listens");
  static final Setting<Security> SECURITY =
      Setting.of("security", Security.form(), Security::parse)
          .defaultsTo("none")
          .described("how the connection is protected; all but none need the server to be trusted");
  static final Setting<Boolean> CHECK_HOST =
      Setting.flag("check-host")
          .defaultsTo("true")
          .described("whether the server's certificate must name the host of the endpoint");
  static final Setting<String> USERNAME =
      Setting.text("username").described("by default the gateway is anonymous");
  static final Setting<String> PASSWORD = Setting.text("password").described("of that user");
  static final Setting<String> USER_CERTIFICATE =
      Setting.text("user-certificate")
          .described("file (PEM or DER) of a certificate that proves the user, instead of a name");
  static final Setting<String> USER_KEY =
      Setting.text("user-key").described("file (PEM or DER, PKCS #8) of its private key");
  static final Setting<Duration> TIMEOUT =
      Setting.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1))
          .defaultsTo("5s")
          .described("wait for a connection, for an answer, and for a broken session to heal");
  static final Setting<Duration> SESSION_TIMEOUT =
      Setting.duration("session-timeout", Duration.ofSeconds(10), Duration.ofHours(1))
          .defaultsTo("1m")
          .described("how long the server keeps a session whose connection broke");
  static final Setting<Duration> PUBLISHING =
      Setting.duration("publishing", Duration.ofMillis(50), Duration.ofMinutes(1))
          .defaultsTo("1s")
          .described("how often the server sends what changed");

  static final Setting<String> NAMESPACE =
      Setting.text("namespace")
          .described("URI of the namespace of addresses that name none; by default namespace 0");

  static final Setting<NodeAddress> ADDRESS =
      Setting.of("address", NodeAddress.FORM, NodeAddress::parse)
          .required()
          .described("the variable");
  static final Setting<Type> TYPE =
      Setting.choice("type", Type.class)
          .required()
          .described("what the value is; a value that does not fit without loss is not-decodable");
  static final Setting<Boolean> SUBSCRIBE =
      Setting.flag("subscribe")
          .defaultsTo("true")
          .described("whether the server reports changes between polls");
  static final Setting<Duration> SAMPLING =
      Setting.duration("sampling", Duration.ZERO, Duration.ofHours(1))
          .described("how often the server looks for a change; by default the publishing interval");
  static final Setting<Integer> QUEUE =
      Setting.integer("queue", 1, 1000)
          .defaultsTo("10")
          .described("changes that the server keeps between two publications, the newest win");
  static final Setting<Deadband> DEADBAND =
      Setting.of("deadband", Deadband.FORM, Deadband::parse)
          .described("least change that the server reports; by default any");

  static final Schema BUS =
      Schema.of(
          ENDPOINT,
          SECURITY,
          CHECK_HOST,
          USERNAME,
          PASSWORD,
          USER_CERTIFICATE,
          USER_KEY,
          TIMEOUT,
          SESSION_TIMEOUT,
          PUBLISHING);
  static final Schema DEVICE = Schema.of(NAMESPACE);
  static final Schema POINT = Schema.of(ADDRESS, TYPE, SUBSCRIBE, SAMPLING, QUEUE, DEADBAND);

  private OpcUaSettings() {}
}
