package io.polegate.driver.serial;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.polegate.api.settings.InvalidSettingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pattern of a line. Its time is linear in the line, whatever the pattern (RE2). Immutable. */
record LinePattern(Pattern pattern) {
  static final String VALUE = "value";
  private static final int LONGEST = 500;
  private static final int LARGEST = 10_000;
  private static final java.util.regex.Pattern REPETITION =
      java.util.regex.Pattern.compile("(\\)?)\\{([0-9]{1,4})(?:,([0-9]{0,4}))?\\}");

  /**
   * Compiles.
   *
   * @param key the setting that it is in, for the complaint
   */
  static LinePattern of(String key, String text) throws InvalidSettingException {
    if (text.length() > LONGEST) {
      throw new InvalidSettingException(key, "is longer than " + LONGEST + " characters");
    }
    if (size(text) > LARGEST) {
      throw new InvalidSettingException(key, "repeats too much: write smaller numbers in {…}");
    }
    try {
      return new LinePattern(Pattern.compile(text, Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              key,
              "is not a pattern ("
                  + e.getMessage()
                  + "): write one of RE2, which has no back references and no (?=…)");
      invalid.initCause(e);
      throw invalid;
    }
  }

  /** Text with all that has a meaning in patterns taken from it. */
  static String literal(String text) {
    return Pattern.quote(text);
  }

  boolean hasValue() {
    return pattern.namedGroups().containsKey(VALUE);
  }

  boolean fits(String line) {
    return pattern.matcher(line).matches();
  }

  boolean fitsBeginning(String line) {
    return pattern.matcher(line).lookingAt();
  }

  /** The text of the group; empty if the line does not fit or the group took no part. */
  Optional<String> value(String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.matches() ? Optional.ofNullable(matcher.group(VALUE)) : Optional.empty();
  }

  /**
   * At least the steps that the pattern compiles to: a repeated group is compiled as often as it is
   * repeated, which RE2/J bounds for each repetition but not for nested ones.
   */
  private static long size(String text) {
    long once = text.length();
    long times = 1;
    java.util.regex.Matcher repetition = REPETITION.matcher(text);
    while (repetition.find()) {
      long count = Math.max(count(repetition.group(2)), count(repetition.group(3)));
      if (repetition.group(1).isEmpty()) {
        once += count;
      } else {
        times = Math.min(times * Math.max(1, count), LARGEST + 1L);
      }
    }
    return once * times;
  }

  private static int count(@Nullable String digits) {
    return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}
