package io.polegate.driver.modbus;

import io.polegate.api.driver.EndpointDownException;

/** What carries bytes to the devices. Thread rule as for drivers. */
interface Wire {

  /** Opens; does nothing when open. */
  void open() throws EndpointDownException;

  /**
   * Called before each request; replaces a connection that is in doubt.
   *
   * @return whether it was replaced, so that nothing received before matters any more
   */
  boolean renew() throws EndpointDownException;

  /** Sends bytes; closes itself before it throws. */
  void write(byte[] bytes) throws EndpointDownException;

  /**
   * What has come, as soon as there is something; closes itself before it throws.
   *
   * @param atMostNanos longest wait; zero or less looks once
   * @return empty if nothing came
   */
  byte[] receive(long atMostNanos) throws EndpointDownException;

  /** This unit answered. */
  void answered(int unit);

  /** This unit let a request time out. */
  void silent(int unit);

  /** Closes and makes a blocked call end with {@link EndpointDownException}. */
  void close();
}
