package io.polegate.api.tools;

import io.polegate.api.data.Bytes;
import io.polegate.api.driver.Browse;
import io.polegate.api.driver.DriverException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * Looks into buses. Whatever talks to a device runs on the thread of its bus, one piece at a time
 * between polls and commands, and so harms no neighbour more than one time-out. Thread-safe; no
 * call blocks.
 */
public interface BusTools {

  /**
   * The last frames of a bus, the oldest first; empty if its driver shows none.
   *
   * @throws UnknownNameException if no such bus is in operation
   */
  List<TracedFrame> trace(String bus);

  /**
   * Sends what a technician typed, see {@link io.polegate.api.driver.RawRequest}.
   *
   * @param device settings of the device, which need not be configured
   * @return fails with {@link InvalidSettingException}, with a {@link DriverException}, with {@link
   *     UnsupportedOperationException} if the driver cannot, or with {@link
   *     RejectedExecutionException} if too much waits for the bus
   * @throws UnknownNameException if no such bus is in operation
   */
  CompletionStage<Bytes> request(String bus, Settings device, Bytes request);

  /**
   * What is below a node, see {@link Browse}.
   *
   * @param node empty for the root
   * @return fails as {@link #request} does
   * @throws UnknownNameException if no such bus is in operation
   */
  CompletionStage<List<Browse.Node>> browse(String bus, String node);

  /**
   * Starts a scan. A bus in operation at the same endpoint goes on meanwhile. At most one scan runs
   * at a time.
   *
   * @param driver name of a driver that can scan
   * @param known bus settings that are certain
   * @return the scan; empty if one is running already
   * @throws UnknownNameException if there is no such driver or it cannot scan
   */
  Optional<Scan> scan(String driver, Settings known);

  /** The scan that was started last; empty before the first. */
  Optional<Scan> lastScan();

  /** There is no such bus or driver, or it cannot do what was asked. */
  final class UnknownNameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says which name, and what there is instead. */
    public UnknownNameException(String message) {
      super(message);
    }
  }
}
