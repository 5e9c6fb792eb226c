package io.polegate.buffer;

import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.BadReason;
import io.polegate.api.journal.Lane;
import java.util.List;

/** The numbers that stand for constants in the file: their places here. Only ever append. */
final class Codes {
  static final List<Lane> LANES = List.of(Lane.ALARM, Lane.RESULT, Lane.STATE, Lane.TELEMETRY);

  static final List<BadReason> REASONS =
      List.of(
          BadReason.BUS_DOWN,
          BadReason.DEVICE_SILENT,
          BadReason.DEVICE_REFUSED,
          BadReason.NOT_DECODABLE,
          BadReason.OUT_OF_RANGE,
          BadReason.SENSOR_FAULT,
          BadReason.UNCERTAIN);

  static final List<CommandStatus> STATUSES =
      List.of(
          CommandStatus.DONE,
          CommandStatus.REFUSED,
          CommandStatus.FAILED,
          CommandStatus.UNCONFIRMED);

  private Codes() {}
}
