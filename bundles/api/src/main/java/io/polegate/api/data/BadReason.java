package io.polegate.api.data;

import java.util.Locale;

/**
 * Why a reading has no value. The wire name is the constant in kebab-case, for instance {@code
 * device-silent}.
 */
public enum BadReason {
  /** The endpoint (serial port, TCP peer) cannot be reached. */
  BUS_DOWN,
  /** The device did not answer within the time-out. */
  DEVICE_SILENT,
  /** The device answered with an error, for instance a Modbus exception. */
  DEVICE_REFUSED,
  /** The device answered something that does not decode to the point's type. */
  NOT_DECODABLE,
  /** The value is outside what the point can plausibly have. */
  OUT_OF_RANGE,
  /** The device reports that its sensor is faulty or absent. */
  SENSOR_FAULT,
  /** The source itself doubts the value, for instance an OPC UA status of severity uncertain. */
  UNCERTAIN;

  /** Name used in messages to platforms and consoles. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The reason with this wire name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BadReason ofWireName(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
