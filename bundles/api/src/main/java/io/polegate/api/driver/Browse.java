package io.polegate.api.driver;

import io.polegate.api.settings.Settings;
import java.util.List;

/** Optional capability of a {@link Driver}: shows what the endpoint offers. */
public interface Browse {

  /**
   * What is below a node, in the order of the source. Thread rule of {@link Driver#read}.
   *
   * @param node as {@link Node#id()} gives it; empty for the root
   * @throws WriteRejectedException if there is no such node
   * @throws DeviceSilentException if no answer came
   * @throws EndpointDownException if the endpoint is gone
   */
  List<Node> children(String node) throws DriverException;

  /**
   * One thing that the endpoint offers.
   *
   * @param id to go further down with
   * @param name for a person
   * @param point settings with which it can be read as a point; {@link Settings#NONE} if it is only
   *     a folder
   * @param folder whether there may be more below it
   */
  record Node(String id, String name, Settings point, boolean folder) {}
}
