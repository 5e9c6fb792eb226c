package io.polegate.api.command;

import java.util.Locale;

/** How a command ended. The wire name is the constant in lower case. */
public enum CommandStatus {
  /** Written, and the read-back shows the value (or the point cannot be read). */
  DONE,
  /** Never tried: late, unknown point, out of range, not allowed, locked, queue full. */
  REFUSED,
  /** Tried, and nothing was changed: the device refused, or the bus is down. */
  FAILED,
  /**
   * Tried, and it is not known whether it took effect: no answer, another value read back, another
   * command for the point before this one was proved, or a restart in between.
   */
  UNCONFIRMED;

  /** Name used in messages. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
