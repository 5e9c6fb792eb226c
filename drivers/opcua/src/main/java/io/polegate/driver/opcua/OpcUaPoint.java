package io.polegate.driver.opcua;

import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Access;
import io.polegate.api.driver.Point;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * One variable of the server.
 *
 * @param node where it is
 * @param type what its value is here
 * @param reports how the server reports it between polls; empty for polling only
 */
record OpcUaPoint(NodeAddress node, ValueType type, Optional<Reports> reports) implements Point {

  /**
   * How a monitored item works.
   *
   * @param sampling how often the server looks; empty for the publishing interval
   * @param queue values that the server keeps between two publications, the newest win
   * @param deadband what is worth a report; empty for every change
   */
  record Reports(Optional<Duration> sampling, int queue, Optional<Deadband> deadband) {}

  /**
   * Parses a point.
   *
   * @throws InvalidSettingException naming the key that is wrong
   */
  static OpcUaPoint of(Settings device, Settings point) throws InvalidSettingException {
    NodeAddress address = point.get(OpcUaSettings.ADDRESS);
    ValueType type = point.get(OpcUaSettings.TYPE).type();
    Optional<Deadband> deadband = point.find(OpcUaSettings.DEADBAND);
    if (deadband.isPresent() && !type.isNumber()) {
      throw new InvalidSettingException("deadband", "is for numbers: remove it");
    }
    Reports reports =
        new Reports(point.find(OpcUaSettings.SAMPLING), point.get(OpcUaSettings.QUEUE), deadband);
    return new OpcUaPoint(
        address.in(device.find(OpcUaSettings.NAMESPACE)),
        type,
        point.get(OpcUaSettings.SUBSCRIBE) ? Optional.of(reports) : Optional.empty());
  }

  /** What a user may do is known to the server alone, so nothing is forbidden here. */
  @Override
  public Access access() {
    return Access.READ_WRITE;
  }
}
