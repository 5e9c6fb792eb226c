package io.polegate.cloud;

import io.polegate.api.journal.Lane;

/** The topics of one pole. */
record Topics(
    String telemetry,
    String events,
    String results,
    String state,
    String snapshot,
    String commands,
    String configuration,
    String ack,
    String pace) {

  static Topics of(String pole) {
    String root = "polegate/v1/" + pole + "/";
    return new Topics(
        root + "telemetry",
        root + "events",
        root + "results",
        root + "state",
        root + "snapshot",
        root + "commands",
        root + "configuration",
        root + "ack",
        root + "pace");
  }

  /** Where items of a lane go. */
  String of(Lane lane) {
    return switch (lane) {
      case ALARM, STATE -> events;
      case RESULT -> results;
      case TELEMETRY -> telemetry;
    };
  }
}
