package io.polegate.api.config;

/**
 * When the clock of the pole is trusted.
 *
 * @param trust who has to vouch for it
 */
public record ClockSpec(Trust trust) {
  /** What holds when the document says nothing. */
  public static final ClockSpec DEFAULT = new ClockSpec(Trust.AUTO);

  /** Who has to vouch for the clock. */
  public enum Trust {
    /** The time service where one runs on this machine, else as {@link #FLOOR}. */
    AUTO,
    /** The system clock, unless it is before the floor date: for machines with a good clock. */
    FLOOR,
    /** The time service of the system, or a platform: for machines without a clock of their own. */
    SYNCHRONISED
  }
}
