package io.polegate.api.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One typed setting: key, form, range, default and description. Optional unless {@link #required()}
 * or {@link #defaultsTo} is called. Immutable.
 *
 * @param <T> what the text parses to
 */
public final class Setting<T> {

  /** Whether a setting must be there. */
  public enum Presence {
    /** Must be written. */
    REQUIRED,
    /** Has a default. */
    DEFAULTED,
    /** May be absent. */
    OPTIONAL
  }

  /**
   * Turns text into a value.
   *
   * @param <T> the value
   */
  @FunctionalInterface
  public interface Parser<T> {
    /**
     * Parses.
     *
     * @throws IllegalArgumentException if the text does not have the setting's form; its message is
     *     not shown
     */
    T parse(String text);
  }

  private final String key;
  private final String form;
  private final Shape shape;
  private final Parser<T> parser;
  private final Presence presence;
  private final @Nullable String fallback;
  private final String description;

  private Setting(
      String key,
      String form,
      Shape shape,
      Parser<T> parser,
      Presence presence,
      @Nullable String fallback,
      String description) {
    this.key = key;
    this.form = form;
    this.shape = shape;
    this.parser = parser;
    this.presence = presence;
    this.fallback = fallback;
    this.description = description;
  }

  /**
   * A setting of any form.
   *
   * @param key kebab-case
   * @param form what to write, for a person: {@code a whole number from 1 to 247}
   */
  public static <T> Setting<T> of(String key, String form, Parser<T> parser) {
    return of(key, form, Shape.TEXT, parser);
  }

  /** As above, of a form that programs know. */
  public static <T> Setting<T> of(String key, String form, Shape shape, Parser<T> parser) {
    return new Setting<>(key, form, shape, parser, Presence.OPTIONAL, null, "");
  }

  /** A text that is not blank. */
  public static Setting<String> text(String key) {
    return of(
        key,
        "a text",
        text -> {
          require(!text.isBlank());
          return text;
        });
  }

  /** A whole number, decimal or {@code 0x} hexadecimal. */
  public static Setting<Integer> integer(String key, int min, int max) {
    return of(
        key,
        "a whole number from " + min + " to " + max,
        Shape.integer(min, max),
        text -> {
          int number = Integer.decode(text.strip());
          require(number >= min && number <= max);
          return number;
        });
  }

  /** A finite number. */
  public static Setting<Double> real(String key) {
    return of(
        key,
        "a number",
        Shape.NUMBER,
        text -> {
          double number = Double.parseDouble(text);
          require(Double.isFinite(number));
          return number;
        });
  }

  /** {@code true} or {@code false}. */
  public static Setting<Boolean> flag(String key) {
    return of(
        key,
        "true or false",
        Shape.FLAG,
        text -> {
          require(text.equals("true") || text.equals("false"));
          return text.equals("true");
        });
  }

  /** A duration with its unit, see {@link Quantity#duration}. */
  public static Setting<Duration> duration(String key, Duration min, Duration max) {
    return of(
        key,
        "a duration from " + Quantity.text(min) + " to " + Quantity.text(max),
        Shape.DURATION,
        text -> {
          Duration duration = Quantity.duration(text);
          require(duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0);
          return duration;
        });
  }

  /** A size in bytes with its unit, see {@link Quantity#bytes}. */
  public static Setting<Long> size(String key, long minBytes, long maxBytes) {
    return of(
        key,
        "a size from " + Quantity.text(minBytes) + " to " + Quantity.text(maxBytes),
        Shape.SIZE,
        text -> {
          long bytes = Quantity.bytes(text);
          require(bytes >= minBytes && bytes <= maxBytes);
          return bytes;
        });
  }

  /** One of the constants of an enumeration, written in kebab-case. */
  public static <E extends Enum<E>> Setting<E> choice(String key, Class<E> choices) {
    List<String> words = Arrays.stream(choices.getEnumConstants()).map(Setting::kebab).toList();
    return of(
        key,
        "one of " + String.join(", ", words),
        Shape.choice(words),
        text ->
            Arrays.stream(choices.getEnumConstants())
                .filter(constant -> kebab(constant).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new));
  }

  /** The same setting, which must be written. */
  public Setting<T> required() {
    return new Setting<>(key, form, shape, parser, Presence.REQUIRED, null, description);
  }

  /**
   * The same setting with a default, given as it would be written.
   *
   * @throws IllegalArgumentException if the default does not have the setting's form
   */
  public Setting<T> defaultsTo(String text) {
    T ignored = parser.parse(text);
    return new Setting<>(key, form, shape, parser, Presence.DEFAULTED, text, description);
  }

  /** The same setting with a description: what it does, one line, for a person. */
  public Setting<T> described(String text) {
    return new Setting<>(key, form, shape, parser, presence, fallback, text);
  }

  /** The key, kebab-case. */
  public String key() {
    return key;
  }

  /** What to write, for a person. */
  public String form() {
    return form;
  }

  /** What to write, for a program: a form to draw, or a schema. */
  public Shape shape() {
    return shape;
  }

  /** Whether it must be there. */
  public Presence presence() {
    return presence;
  }

  /** The default as it would be written; empty unless {@link Presence#DEFAULTED}. */
  public String fallbackText() {
    return fallback == null ? "" : fallback;
  }

  /** What it does, one line; may be empty. */
  public String description() {
    return description;
  }

  /** The default. */
  public Optional<T> fallback() {
    return fallback == null ? Optional.empty() : Optional.of(parser.parse(fallback));
  }

  /**
   * Parses text.
   *
   * @throws InvalidSettingException if it does not have the {@link #form()}
   */
  public T parse(String text) throws InvalidSettingException {
    try {
      return parser.parse(text);
    } catch (IllegalArgumentException e) {
      InvalidSettingException invalid =
          new InvalidSettingException(key, "\"" + text + "\" is not valid: write " + form);
      invalid.initCause(e);
      throw invalid;
    }
  }

  /**
   * As {@link #parse}, and neither message nor cause of the error tell the text.
   *
   * @throws InvalidSettingException if it does not have the {@link #form()}
   */
  @SuppressWarnings("UnusedException") // its message may quote the secret
  public T parseSecret(String text) throws InvalidSettingException {
    try {
      return parser.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(key, "the secret is not valid: it must be " + form);
    }
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }

  private static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
