package io.polegate.driver.serial;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.FrameTrace.Kind;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.util.List;
import java.util.Optional;

/**
 * One value of a device. Pure.
 *
 * @param request with checksum, without end; empty if the device speaks by itself or is only
 *     written to
 * @param expect the line that holds the value; empty if it is only written
 * @param command empty if it is only read
 */
record TextPoint(
    TextDevice device,
    Optional<Bytes> request,
    Optional<LinePattern> expect,
    Field field,
    Optional<TextCommand> command)
    implements Point {

  /**
   * Parses the settings of a point.
   *
   * @throws InvalidSettingException naming the key that is wrong and the remedy
   */
  static TextPoint of(TextDevice device, Settings settings) throws InvalidSettingException {
    Optional<String> expect = settings.find(LineSettings.EXPECT);
    Optional<String> write = settings.find(LineSettings.WRITE);
    if (expect.isEmpty() && write.isEmpty()) {
      throw new InvalidSettingException(
          "expect", "is missing: write the pattern of the line that holds the value");
    }
    Optional<Bytes> request = request(device, settings, expect.isPresent());
    return new TextPoint(
        device,
        request,
        expect.isEmpty() ? Optional.empty() : Optional.of(pattern(device, expect.get())),
        Field.of(settings),
        write.isEmpty()
            ? noCommand(settings)
            : Optional.of(command(device, settings, write.get())));
  }

  @Override
  public ValueType type() {
    return field.type().valueType();
  }

  @Override
  public Access access() {
    return command.isEmpty() ? Access.READ : expect.isEmpty() ? Access.WRITE : Access.READ_WRITE;
  }

  boolean fits(String line) {
    return expect.isPresent() && expect.get().fits(line);
  }

  /** What an answer says about this point. */
  Sample sample(Line line) {
    if (line.kind() == Kind.EXCEPTION) {
      return Sample.bad(BadReason.DEVICE_REFUSED, "answered \"" + Field.shown(line.text()) + "\"");
    }
    return expect
        .flatMap(pattern -> pattern.value(line.text()))
        .map(field::decode)
        .orElseGet(
            () ->
                Sample.bad(
                    BadReason.NOT_DECODABLE,
                    "\"" + Field.shown(line.text()) + "\" does not fit expect"));
  }

  /** Complains about a text that cannot become bytes. */
  static InvalidSettingException notSendable(String key, IllegalArgumentException cause) {
    InvalidSettingException invalid =
        new InvalidSettingException(
            key,
            "cannot be sent ("
                + cause.getMessage()
                + "): write characters of the device's encoding and \\r \\n \\t \\\\ \\x02");
    invalid.initCause(cause);
    return invalid;
  }

  private static Optional<Bytes> request(TextDevice device, Settings settings, boolean read)
      throws InvalidSettingException {
    Optional<String> send = settings.find(LineSettings.SEND);
    if (send.isPresent() && (device.freeRunning() || !read)) {
      throw new InvalidSettingException(
          "send", "asks for nothing here: remove it, or write expect and free-running: false");
    }
    if (send.isEmpty()) {
      if (read && !device.freeRunning()) {
        throw new InvalidSettingException(
            "send", "is missing: write the request, or free-running: true on the device");
      }
      return Optional.empty();
    }
    try {
      byte[] content = Escapes.bytes(device.filled("send", send.get()), device.encoding());
      return Optional.of(Bytes.of(device.checksum().protect(content)));
    } catch (IllegalArgumentException e) {
      throw notSendable("send", e);
    }
  }

  private static LinePattern pattern(TextDevice device, String expect)
      throws InvalidSettingException {
    LinePattern pattern = LinePattern.of("expect", device.filled("expect", expect));
    if (!pattern.hasValue()) {
      throw new InvalidSettingException(
          "expect", "has no group for the value: write (?<value>…) around it");
    }
    return pattern;
  }

  private static TextCommand command(TextDevice device, Settings settings, String write)
      throws InvalidSettingException {
    if (settings.find(LineSettings.BIT).isPresent()) {
      throw new InvalidSettingException(
          "bit", "cannot be written alone: make write a point of its own, without bit");
    }
    Optional<String> confirm = settings.find(LineSettings.CONFIRM);
    return TextCommand.of(
        device.encoding(),
        device.filled("write", write),
        confirm.isEmpty()
            ? Optional.empty()
            : Optional.of(device.filled("confirm", confirm.get())));
  }

  private static Optional<TextCommand> noCommand(Settings settings) throws InvalidSettingException {
    for (var setting : List.of(LineSettings.CONFIRM, LineSettings.FORMAT)) {
      if (settings.find(setting).isPresent()) {
        throw new InvalidSettingException(setting.key(), "is for write only: remove it");
      }
    }
    return Optional.empty();
  }
}
