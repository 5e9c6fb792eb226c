package io.polegate.driver.opcua;

import io.polegate.api.data.BadReason;
import java.util.Locale;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** What status codes (Part 4, 7.39) mean here. Pure. */
final class Statuses {
  /** Bits 16 to 31 say what happened; the rest says how. */
  private static final long CODE = 0xFFFF_0000L;

  private static final Set<Long> OF_SENSOR =
      Set.of(
          StatusCodes.Bad_SensorFailure,
          StatusCodes.Bad_DeviceFailure,
          StatusCodes.Bad_NotConnected,
          StatusCodes.Bad_NoCommunication,
          StatusCodes.Bad_OutOfService);

  private static final Set<Long> OF_SILENCE =
      Set.of(
          StatusCodes.Bad_Timeout,
          StatusCodes.Bad_RequestTimeout,
          StatusCodes.Bad_NoCommunication,
          StatusCodes.Bad_CommunicationError);

  private static final Set<Long> OF_SIZE =
      Set.of(
          StatusCodes.Bad_TooManyOperations,
          StatusCodes.Bad_EncodingLimitsExceeded,
          StatusCodes.Bad_RequestTooLarge,
          StatusCodes.Bad_ResponseTooLarge);

  private static final Set<Long> OF_SESSION =
      Set.of(
          StatusCodes.Bad_SessionIdInvalid,
          StatusCodes.Bad_SessionClosed,
          StatusCodes.Bad_SessionNotActivated,
          StatusCodes.Bad_SecureChannelIdInvalid,
          StatusCodes.Bad_SecureChannelClosed,
          StatusCodes.Bad_SecureChannelTokenUnknown,
          StatusCodes.Bad_SecurityChecksFailed,
          StatusCodes.Bad_TcpSecureChannelUnknown,
          StatusCodes.Bad_ConnectionClosed,
          StatusCodes.Bad_ServerHalted,
          StatusCodes.Bad_Shutdown);

  private Statuses() {}

  /** The name in the specification, or the number. */
  static String name(StatusCode status) {
    return StatusCodes.lookup(status.value())
        .map(texts -> texts[0])
        .orElseGet(() -> String.format(Locale.ROOT, "status 0x%08X", status.value()));
  }

  /** Why a value with a status that is bad cannot be used. */
  static BadReason reason(StatusCode status) {
    long code = status.value() & CODE;
    if (OF_SENSOR.contains(code)) {
      return BadReason.SENSOR_FAULT;
    }
    return code == StatusCodes.Bad_OutOfRange ? BadReason.OUT_OF_RANGE : BadReason.DEVICE_REFUSED;
  }

  /** Whether it leaves open what became of the request. */
  static boolean silence(StatusCode status) {
    return OF_SILENCE.contains(status.value() & CODE);
  }

  /** Whether asking for less may help. */
  static boolean tooLarge(StatusCode status) {
    return OF_SIZE.contains(status.value() & CODE);
  }

  /** Whether the session, the channel or the server is gone. */
  static boolean sessionLost(StatusCode status) {
    return OF_SESSION.contains(status.value() & CODE);
  }
}
