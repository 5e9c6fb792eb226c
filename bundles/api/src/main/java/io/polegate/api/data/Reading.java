package io.polegate.api.data;

/** What a point said at one time: a value, or the reason why there is none. Immutable. */
public sealed interface Reading {

  /** When the sample was taken. */
  SampleTime time();

  /**
   * A value that can be used.
   *
   * @param value in the point's unit, scaled
   */
  record Good(Value value, SampleTime time) implements Reading {}

  /**
   * No value.
   *
   * @param detail one line for a person, empty if the reason says it all
   */
  record Bad(BadReason reason, String detail, SampleTime time) implements Reading {}
}
