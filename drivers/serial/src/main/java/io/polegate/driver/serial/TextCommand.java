package io.polegate.driver.serial;

import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A command with a place for a value. Pure.
 *
 * @param write with {@code {value}}
 * @param confirm pattern of the answer, in which {@code {value}} is what was written
 */
record TextCommand(Encoding encoding, String write, Optional<String> confirm) {
  private static final String VALUE = "{value}";
  private static final int LONGEST = 1024;

  /** Checks what can be checked without a value. */
  static TextCommand of(Encoding encoding, String write, Optional<String> confirm)
      throws InvalidSettingException {
    if (!write.contains(VALUE)) {
      throw new InvalidSettingException("write", "has no {value}: write it where the value goes");
    }
    TextCommand command = new TextCommand(encoding, write, confirm);
    if (confirm.isPresent()) {
      LinePattern ignored = pattern(confirm.get(), "0");
    }
    try {
      for (String part : command.parts()) {
        Escapes.bytes(part, encoding);
      }
    } catch (IllegalArgumentException e) {
      throw TextPoint.notSendable("write", e);
    }
    return command;
  }

  /**
   * The command with this value.
   *
   * @throws WriteRejectedException if it cannot be written
   */
  byte[] content(String value) throws WriteRejectedException {
    try {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      String[] parts = parts();
      for (int i = 0; i < parts.length; i++) {
        content.writeBytes(i == 0 ? new byte[0] : encoding.bytes(value));
        content.writeBytes(Escapes.bytes(parts[i], encoding));
      }
      if (content.size() > LONGEST) {
        throw new WriteRejectedException("the command would be longer than " + LONGEST + " bytes");
      }
      return content.toByteArray();
    } catch (IllegalArgumentException e) {
      throw new WriteRejectedException("the value cannot be sent: " + e.getMessage(), e);
    }
  }

  /**
   * What the answer to this value has to look like.
   *
   * @throws WriteRejectedException if the value is too long to be checked
   */
  Optional<LinePattern> answerTo(String value) throws WriteRejectedException {
    try {
      return confirm.isEmpty() ? Optional.empty() : Optional.of(pattern(confirm.get(), value));
    } catch (InvalidSettingException e) {
      throw new WriteRejectedException("its answer cannot be checked: " + e.getMessage(), e);
    }
  }

  private String[] parts() {
    return write.split(Pattern.quote(VALUE), -1);
  }

  private static LinePattern pattern(String confirm, String value) throws InvalidSettingException {
    return LinePattern.of("confirm", confirm.replace(VALUE, LinePattern.literal(value)));
  }
}
