package io.polegate.api.command;

import io.polegate.api.data.Value;
import java.time.Instant;

/**
 * An order to set a point.
 *
 * @param id chosen by who gives it, {@code 1..128} characters; the same id acts once
 * @param device id of the device
 * @param point id of the point
 * @param value in the point's unit
 * @param deadline too late after this: then it is refused and never acts
 * @param origin who gives it
 */
public record Command(
    String id, String device, String point, Value value, Instant deadline, Origin origin) {

  /**
   * Who gives a command.
   *
   * @param kind the way it came
   * @param name which one: connection id, user, rule
   */
  public record Origin(Kind kind, String name) {
    /** The ways a command can come. */
    public enum Kind {
      /** From a platform through an uplink. */
      CLOUD,
      /** From a person at the console. */
      CONSOLE,
      /** From the gateway's own programs and rules. */
      AUTOMATION
    }
  }
}
