package io.polegate.api.live;

import java.util.List;

/** The present state of the uplinks. Thread-safe. */
public interface UplinkView {

  /** In document order. */
  List<UplinkStatus> uplinks();
}
