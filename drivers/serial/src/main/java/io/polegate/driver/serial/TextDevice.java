package io.polegate.driver.serial;

import io.polegate.api.driver.FrameTrace.Kind;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.serial.Line.Judge;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What has to be known of a device to talk to it. Pure.
 *
 * @param answer what all its answers begin with
 * @param refusal what its refusals begin with
 */
record TextDevice(
    Optional<String> address,
    Encoding encoding,
    Checksum checksum,
    Optional<LinePattern> answer,
    Optional<String> refusal,
    boolean freeRunning,
    long maxAgeNanos) {
  private static final String ADDRESS = "{address}";

  /** Reads the settings of a device. */
  static TextDevice of(Settings settings) throws InvalidSettingException {
    Optional<String> address = settings.find(LineSettings.ADDRESS);
    Optional<String> answer = settings.find(LineSettings.ANSWER);
    Optional<String> refusal = settings.find(LineSettings.REFUSAL);
    Encoding encoding = settings.get(LineSettings.ENCODING);
    return new TextDevice(
        address,
        encoding,
        settings.get(LineSettings.CHECKSUM),
        answer.isEmpty()
            ? Optional.empty()
            : Optional.of(LinePattern.of("answer", filled("answer", answer.get(), address))),
        refusal.isEmpty()
            ? Optional.empty()
            : Optional.of(filled("refusal", refusal.get(), address)),
        settings.get(LineSettings.FREE_RUNNING),
        settings.get(LineSettings.MAX_AGE).toNanos());
  }

  /** Puts the address in its place. */
  String filled(String key, String text) throws InvalidSettingException {
    return filled(key, text, address);
  }

  /**
   * Looks at lines for who waits.
   *
   * @param fits whether a content is what is waited for; with {@link #answer} every answer is
   */
  Judge judge(Predicate<String> fits) {
    return bytes -> {
      Optional<byte[]> content = checksum.content(bytes);
      if (content.isEmpty()) {
        return new Line(Kind.CORRUPT, encoding.text(bytes));
      }
      String text = encoding.text(content.get());
      if (refusal.isPresent() && text.startsWith(refusal.get())) {
        return new Line(Kind.EXCEPTION, text);
      }
      boolean ours = answer.isPresent() ? answer.get().fitsBeginning(text) : fits.test(text);
      return new Line(ours ? Kind.ANSWER : Kind.FOREIGN, text);
    };
  }

  /** For messages. */
  String name() {
    return address.map(a -> "device " + a).orElse("the device");
  }

  private static String filled(String key, String text, Optional<String> address)
      throws InvalidSettingException {
    if (address.isEmpty() && text.contains(ADDRESS)) {
      throw new InvalidSettingException(
          key, "needs the address of the device: write address there, or the number here");
    }
    // letters, digits, - and _ mean themselves in patterns
    return text.replace(ADDRESS, address.orElse(""));
  }
}
