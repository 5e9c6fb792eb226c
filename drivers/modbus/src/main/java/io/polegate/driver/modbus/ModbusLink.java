package io.polegate.driver.modbus;

import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.FrameTrace;

/** Carries one request at a time to a unit. Thread rule as for drivers. */
interface ModbusLink {

  /** Opens; does nothing when open. */
  void open() throws DriverException;

  /**
   * Sends a request and waits for its answer.
   *
   * @return the right answer or a refusal, without unit and checksum; nothing else
   */
  byte[] exchange(int unit, ModbusRequest request) throws DriverException;

  /** See {@link FrameTrace#traceTo}. */
  void traceTo(FrameTrace.Listener listener);

  /** Closes and makes a blocked call end. */
  void close();
}
