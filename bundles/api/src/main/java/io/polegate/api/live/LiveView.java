package io.polegate.api.live;

import io.polegate.api.config.PoleSpec;
import java.util.List;
import java.util.Optional;

/**
 * The present state of buses and devices: a consistent copy at each call. Thread-safe and cheap
 * enough for each second.
 */
public interface LiveView {

  /** The document in force; empty before the first. */
  Optional<PoleSpec> pole();

  /** In document order. */
  List<BusStatus> buses();

  /** In document order. */
  List<DeviceStatus> devices();
}
