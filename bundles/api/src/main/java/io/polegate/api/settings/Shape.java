package io.polegate.api.settings;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a setting looks like, for programs that draw forms or write schemas. The text may have to
 * fulfil more than this.
 *
 * @param kind of value
 * @param choices words of which one is written; empty unless the kind is {@link Kind#CHOICE}
 * @param min least whole number
 * @param max largest whole number
 */
public record Shape(Kind kind, List<String> choices, OptionalInt min, OptionalInt max) {
  /** Any text. */
  public static final Shape TEXT = of(Kind.TEXT);

  /** A number. */
  public static final Shape NUMBER = of(Kind.NUMBER);

  /** True or false. */
  public static final Shape FLAG = of(Kind.FLAG);

  /** A duration with its unit, see {@link Quantity#duration}. */
  public static final Shape DURATION = of(Kind.DURATION);

  /** A size with its unit, see {@link Quantity#bytes}. */
  public static final Shape SIZE = of(Kind.SIZE);

  /** Kinds of values. */
  public enum Kind {
    /** Any text. */
    TEXT,
    /** A whole number, decimal or hexadecimal. */
    INTEGER,
    /** A number. */
    NUMBER,
    /** True or false. */
    FLAG,
    /** One of some words. */
    CHOICE,
    /** A whole number and a unit of time. */
    DURATION,
    /** A whole number and a unit of size. */
    SIZE
  }

  /** Copies the list. */
  public Shape {
    choices = List.copyOf(choices);
  }

  /** A whole number from {@code min} to {@code max}. */
  public static Shape integer(int min, int max) {
    return new Shape(Kind.INTEGER, List.of(), OptionalInt.of(min), OptionalInt.of(max));
  }

  /** One of these words. */
  public static Shape choice(List<String> words) {
    return new Shape(Kind.CHOICE, words, OptionalInt.empty(), OptionalInt.empty());
  }

  private static Shape of(Kind kind) {
    return new Shape(kind, List.of(), OptionalInt.empty(), OptionalInt.empty());
  }
}
