package io.polegate.driver.serial;

import io.polegate.api.driver.FrameTrace.Kind;

/**
 * A line that was looked at.
 *
 * @param kind what it is to who waits
 * @param text its content, without checksum and end
 */
record Line(Kind kind, String text) {

  /** Whether it is what somebody waits for. */
  boolean answers() {
    return kind == Kind.ANSWER || kind == Kind.EXCEPTION;
  }

  /** Looks at lines. Pure. */
  @FunctionalInterface
  interface Judge {
    /** What these bytes are, an end is not among them. */
    Line look(byte[] bytes);
  }
}
