package io.polegate.api.serial;

import java.util.List;

/**
 * The serial ports of this machine, an OSGi service. Thread-safe.
 *
 * <p>A port is named by its device file ({@code /dev/ttyS1}, {@code /dev/serial/by-path/…}), or by
 * the serial number of its USB adapter ({@code usb:A50285BI}); both are looked up anew at each
 * open, so an adapter that was unplugged and comes back under another number is found again.
 */
public interface SerialPorts {

  /**
   * A line on a port; no I/O. Lines with the same port share it: each sets its own parameters when
   * its turn comes. Their callers see to it that only one of them talks at a time, as buses with
   * one {@linkplain io.polegate.api.driver.Endpoint endpoint} do.
   */
  SerialLine line(SerialParameters parameters);

  /** Device files of the ports that are there now, those likeliest to be in use first. */
  List<String> names();
}
