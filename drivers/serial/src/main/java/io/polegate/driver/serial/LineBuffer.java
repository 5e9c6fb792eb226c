package io.polegate.driver.serial;

import java.util.Arrays;
import java.util.Optional;

/** Cuts what comes into lines. Not thread-safe; no clock: who fills it says when it was silent. */
final class LineBuffer {
  private final byte[] end;
  private final int maxLength;
  private byte[] held = new byte[0];
  private Part.State state = Part.State.CUT;
  private boolean paused;

  /** For lines with this end; none means that a pause ends them. */
  LineBuffer(byte[] end, int maxLength) {
    this.end = end.clone();
    this.maxLength = maxLength;
  }

  /** Forgets what is held. */
  void clear(boolean nextIsBeginning) {
    held = new byte[0];
    paused = false;
    state = nextIsBeginning ? Part.State.WHOLE : Part.State.CUT;
  }

  /** A line whose beginning may be missing is one all the same: its checksum will tell. */
  void trustBeginning() {
    state = state == Part.State.CUT ? Part.State.WHOLE : state;
  }

  /** More has come. */
  void add(byte[] bytes) {
    held = Arrays.copyOf(held, held.length + bytes.length);
    System.arraycopy(bytes, 0, held, held.length - bytes.length, bytes.length);
  }

  /** Nothing came for as long as the gap between lines. */
  void pause() {
    if (held.length > 0) {
      paused = end.length == 0;
    } else {
      state = Part.State.WHOLE;
    }
  }

  /** The next line or what was taken for one, without its end; never empty. */
  Optional<Part> next() {
    while (true) {
      int length = end.length > 0 ? indexOfEnd() : paused ? held.length : -1;
      boolean endless = length < 0 ? held.length > maxLength : length > maxLength;
      if (length < 0 && !endless) {
        return Optional.empty();
      }
      byte[] line = length < 0 ? held : Arrays.copyOf(held, length);
      Part.State is = endless ? Part.State.NOISE : state;
      held = length < 0 ? new byte[0] : Arrays.copyOfRange(held, length + end.length, held.length);
      // the tail of an endless line is no line either
      state = length < 0 ? Part.State.NOISE : Part.State.WHOLE;
      paused = false;
      if (line.length > 0) {
        return Optional.of(new Part(is, line));
      }
    }
  }

  /** What is held and no line yet; it is forgotten. */
  byte[] rest() {
    byte[] rest = held;
    held = new byte[0];
    return rest;
  }

  private int indexOfEnd() {
    for (int i = 0; i + end.length <= held.length; i++) {
      if (Arrays.equals(held, i, i + end.length, end, 0, end.length)) {
        return i;
      }
    }
    return -1;
  }

  /** A piece of what came. A class and not a record, because of its array. */
  static final class Part {
    /** What it is. */
    enum State {
      /** A line from its beginning to its end. */
      WHOLE,
      /** The end of a line whose beginning nobody listened to. */
      CUT,
      /** Bytes without an end where one had to be. */
      NOISE
    }

    private final State state;
    private final byte[] bytes;

    Part(State state, byte[] bytes) {
      this.state = state;
      this.bytes = bytes;
    }

    State state() {
      return state;
    }

    byte[] bytes() {
      return bytes;
    }
  }
}
