package io.polegate.core;

import java.util.function.BooleanSupplier;

/**
 * One thing that an endpoint can do next.
 *
 * @param work says whether all was answered
 */
record Piece(Kind kind, BooleanSupplier work) {

  /** What it is good for. */
  enum Kind {
    /** A heartbeat. */
    BEAT,
    /** A look whether a command shows its effect. */
    LOOK,
    /** A command. */
    COMMAND,
    /** A value that a device has to have, looked at or written. */
    SETUP,
    /** The opening of a bus. */
    OPEN,
    /** A tool's job. */
    JOB,
    /** A read of a silent device. */
    SUSPECT,
    /** Any read of a device. */
    READ;

    /** Whether it goes before all that is planned. */
    boolean isUrgent() {
      return this == BEAT || this == LOOK || this == COMMAND;
    }

    /** Whether the plan of the bus cannot know of it. */
    boolean isOffPlan() {
      return this == LOOK || this == COMMAND || this == SETUP;
    }
  }
}
