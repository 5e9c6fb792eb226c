package io.polegate.cloud;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.settings.InvalidSettingException;

/** Makes uplinks that speak one format. Thread-safe. */
interface Format {

  /** What the document calls it. */
  String name();

  /**
   * What uplinks of this format are made from beside the pole's id and the connection; one is left
   * alone while this stays equal.
   */
  Object basis(PoleSpec pole);

  /**
   * Plans one uplink.
   *
   * @throws InvalidSettingException if the settings were not checked
   */
  UplinkPlan plan(PoleSpec pole, ConnectionSpec connection, Surroundings around)
      throws InvalidSettingException;
}
