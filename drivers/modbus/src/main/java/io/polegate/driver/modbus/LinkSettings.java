package io.polegate.driver.modbus;

import io.polegate.api.driver.Endpoint;
import io.polegate.api.serial.SerialParameters;
import io.polegate.api.serial.SerialParameters.Parity;
import io.polegate.api.serial.SerialSettings;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Everything that can be set of a bus, and the only place where it is described. */
final class LinkSettings {
  static final Setting<Duration> LINE_TIMEOUT =
      timeout()
          .defaultsTo("500ms")
          .described("wait for an answer; transmission at the baud rate comes on top");
  static final Setting<Duration> LINE_GAP =
      gap()
          .defaultsTo("10ms")
          .described("silence on the line before each request, never below 3.5 characters");
  static final Setting<Duration> TURNAROUND =
      Setting.duration("turnaround", Duration.ZERO, Duration.ofSeconds(1))
          .defaultsTo("100ms")
          .described("pause after a broadcast, in which the devices act");

  static final Setting<Integer> ASCII_DATA_BITS =
      SerialSettings.DATA_BITS.defaultsTo("7").described("7 by the standard, often 8");
  static final Setting<Parity> ASCII_PARITY = SerialSettings.PARITY.defaultsTo("even");

  static final Setting<String> HOST =
      Setting.text("host").required().described("name or address of the device or gateway");
  static final Setting<Integer> TCP_PORT =
      Setting.integer("port", 1, 65535).defaultsTo("502").described("TCP port");
  static final Setting<Duration> TCP_TIMEOUT =
      timeout().defaultsTo("1s").described("wait for an answer");
  static final Setting<Duration> CONNECT_TIMEOUT =
      Setting.duration("connect-timeout", Duration.ofMillis(10), Duration.ofSeconds(60))
          .defaultsTo("3s")
          .described("wait for a connection");
  static final Setting<Duration> TCP_GAP =
      gap().defaultsTo("0ms").described("pause before each request, for gateways that need it");

  static final Setting<String> SERVER_HOST =
      Setting.text("host").required().described("name or address of the serial server");
  static final Setting<Integer> SERVER_PORT =
      Setting.integer("port", 1, 65535)
          .required()
          .described("TCP port of the line, for instance 4001, 8899 or 502");
  static final Setting<Integer> SERVER_BAUD =
      Setting.integer("baud", 300, 4_000_000)
          .defaultsTo("9600")
          .described("speed of the line behind the server, to know how long frames take");

  static final Schema RTU =
      Schema.of(
          SerialSettings.PORT,
          SerialSettings.BAUD,
          SerialSettings.PARITY,
          SerialSettings.STOP_BITS,
          SerialSettings.DIRECTION,
          SerialSettings.BEFORE_SENDING,
          SerialSettings.AFTER_SENDING,
          LINE_TIMEOUT,
          LINE_GAP,
          TURNAROUND);
  static final Schema ASCII =
      Schema.of(
          SerialSettings.PORT,
          SerialSettings.BAUD,
          ASCII_DATA_BITS,
          ASCII_PARITY,
          SerialSettings.STOP_BITS,
          SerialSettings.DIRECTION,
          SerialSettings.BEFORE_SENDING,
          SerialSettings.AFTER_SENDING,
          LINE_TIMEOUT,
          LINE_GAP,
          TURNAROUND);
  static final Schema TCP = Schema.of(HOST, TCP_PORT, TCP_TIMEOUT, CONNECT_TIMEOUT, TCP_GAP);
  static final Schema RTU_TCP =
      Schema.of(
          SERVER_HOST,
          SERVER_PORT,
          SERVER_BAUD,
          LINE_TIMEOUT,
          CONNECT_TIMEOUT,
          LINE_GAP,
          TURNAROUND);

  private LinkSettings() {}

  /** The serial parameters, with the defaults of this schema. */
  static SerialParameters line(Schema schema, Settings bus) throws InvalidSettingException {
    Map<String, String> texts = new HashMap<>();
    for (Setting<?> setting : schema.settings()) {
      if (setting.presence() == Setting.Presence.DEFAULTED) {
        texts.put(setting.key(), setting.fallbackText());
      }
    }
    texts.putAll(bus.texts());
    return SerialSettings.parameters(new Settings(texts));
  }

  /** What a connection occupies; many devices take one connection only. */
  static Endpoint peer(String host, int port) {
    return new Endpoint("tcp " + host + ":" + port, false);
  }

  private static Setting<Duration> timeout() {
    return Setting.duration("timeout", Duration.ofMillis(10), Duration.ofSeconds(60));
  }

  private static Setting<Duration> gap() {
    return Setting.duration("gap", Duration.ZERO, Duration.ofSeconds(1));
  }
}
