package io.polegate.api.serial;

import io.polegate.api.driver.EndpointDownException;

/**
 * One user's hold on a serial port. Thread rule: one thread at a time, except {@link #close()},
 * which may come from any thread at any time and makes a blocked call end with {@link
 * EndpointDownException}.
 */
public interface SerialLine extends AutoCloseable {

  /**
   * Opens the port and throws away what came before; does nothing when it is open.
   *
   * @throws EndpointDownException if there is no such port or it cannot be had
   */
  void open() throws EndpointDownException;

  /**
   * Sends bytes; returns when they are handed to the system.
   *
   * @throws EndpointDownException if the line is not open or the port is gone; it is closed then
   */
  void write(byte[] bytes) throws EndpointDownException;

  /**
   * What has come, as soon as there is something.
   *
   * @param atMostNanos longest wait; zero or less looks once
   * @return empty if nothing came
   * @throws EndpointDownException if the line is not open or the port is gone; it is closed then
   */
  byte[] receive(long atMostNanos) throws EndpointDownException;

  /** Gives the port back. */
  @Override
  void close();
}
