package io.polegate.driver.modbus;

import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.serial.SerialLine;

/** A serial line; it is never closed because of what a device does. */
record SerialWire(SerialLine line) implements Wire {

  @Override
  public void open() throws EndpointDownException {
    line.open();
  }

  @Override
  public boolean renew() {
    return false;
  }

  @Override
  public void write(byte[] bytes) throws EndpointDownException {
    line.write(bytes);
  }

  @Override
  public byte[] receive(long atMostNanos) throws EndpointDownException {
    return line.receive(atMostNanos);
  }

  @Override
  public void answered(int unit) {
    // a line has no state to doubt
  }

  @Override
  public void silent(int unit) {
    // as above
  }

  @Override
  public void close() {
    line.close();
  }
}
