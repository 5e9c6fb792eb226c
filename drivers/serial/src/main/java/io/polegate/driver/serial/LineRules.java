package io.polegate.driver.serial;

import io.polegate.api.data.Bytes;
import io.polegate.api.serial.SerialSettings;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;

/**
 * What is the same for all lines of a bus.
 *
 * @param port its name, for messages
 * @param characterNanos time of one character on the wire
 * @param timeoutNanos wait for an answer
 * @param gapNanos silence before a request
 * @param maxLength bytes of the longest line
 * @param lineEnd what ends a line; empty if silence does
 * @param sendEnd what ends a request; may be empty
 */
record LineRules(
    String port,
    long characterNanos,
    long timeoutNanos,
    long gapNanos,
    int maxLength,
    Bytes lineEnd,
    Bytes sendEnd) {
  private static final String NONE = "none";
  private static final int LONGEST_END = 8;

  /** Reads the settings of a bus. */
  static LineRules of(Settings bus) throws InvalidSettingException {
    long character = SerialSettings.parameters(bus).characterNanos();
    Bytes lineEnd = end(LineSettings.LINE_END, bus.get(LineSettings.LINE_END));
    var sendEnd = bus.find(LineSettings.SEND_END);
    return new LineRules(
        bus.get(SerialSettings.PORT),
        character,
        bus.get(LineSettings.TIMEOUT).toNanos(),
        Math.max(bus.get(LineSettings.GAP).toNanos(), character * 7 / 2),
        bus.get(LineSettings.MAX_LENGTH),
        lineEnd,
        sendEnd.isPresent() ? end(LineSettings.SEND_END, sendEnd.get()) : lineEnd);
  }

  private static Bytes end(Setting<String> setting, String text) throws InvalidSettingException {
    try {
      byte[] end = text.equals(NONE) ? new byte[0] : Escapes.bytes(text, Encoding.ASCII);
      if (end.length > LONGEST_END) {
        throw new InvalidSettingException(setting.key(), "is too long: write none, \\r or \\r\\n");
      }
      return Bytes.of(end);
    } catch (IllegalArgumentException e) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              setting.key(), "is not valid: write none, or characters with \\r \\n \\t \\\\ \\x03");
      invalid.initCause(e);
      throw invalid;
    }
  }
}
