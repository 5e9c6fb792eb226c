package io.polegate.cloud;

import com.google.protobuf.InvalidProtocolBufferException;
import io.polegate.api.command.Command;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/**
 * Reads commands from payloads that anybody may have written. A Sparkplug command has neither id
 * nor deadline: its id is made from what it says, so that the same message acts once however often
 * it comes, and its deadline from its timestamp. Pure.
 */
final class SparkplugOrders {
  /** Longer payloads are not looked at. */
  static final int MAX_BYTES = 16_000;

  private static final int MAX_METRICS = 64;
  private static final int MAX_ID = 128;
  private static final int DIGEST_CHARS = 16;
  private static final double EXACT = 1L << 53;

  private final Duration lifetime;
  private final Command.Origin origin;

  /**
   * Commands of one connection.
   *
   * @param lifetime from the timestamp of a command to its deadline
   */
  SparkplugOrders(Duration lifetime, Command.Origin origin) {
    this.lifetime = lifetime;
    this.origin = origin;
  }

  /** What one metric of a command turned out to be. */
  sealed interface Order {
    /** A command to a point. */
    record Act(Command command) implements Order {}

    /** Births are wanted. */
    record Rebirth() implements Order {}

    /**
     * Nothing that could be done.
     *
     * @param problem for a person; does not quote the payload
     */
    record Malformed(String problem) implements Order {}
  }

  /** A command to the node. Never throws. */
  List<Order> node(byte[] payload) {
    return orders(payload, SparkplugOrders::nodeOrder);
  }

  /**
   * A command to a device. Never throws.
   *
   * @param device empty if the node has none of this name
   * @param types what points were declared as
   */
  List<Order> device(
      byte[] payload,
      Optional<SparkplugModel.Device> device,
      SparkplugTypes types,
      SparkplugAliases aliases,
      Instant now) {
    if (device.isEmpty()) {
      return List.of(new Order.Malformed("names a device that is not there"));
    }
    return orders(
        payload,
        (whole, metric) ->
            deviceOrder(
                whole, metric, device.get(), point(metric, device.get(), aliases), types, now));
  }

  private interface Reader {
    Order read(Payload payload, Metric metric);
  }

  private static List<Order> orders(byte[] payload, Reader reader) {
    if (payload.length > MAX_BYTES) {
      return List.of(new Order.Malformed("has more than " + MAX_BYTES + " bytes: send less"));
    }
    try {
      Payload whole = Payload.parseFrom(payload);
      if (whole.getMetricsCount() == 0 || whole.getMetricsCount() > MAX_METRICS) {
        return List.of(new Order.Malformed("needs 1 to " + MAX_METRICS + " metrics"));
      }
      List<Order> orders = new ArrayList<>();
      whole.getMetricsList().forEach(metric -> orders.add(reader.read(whole, metric)));
      return orders;
    } catch (InvalidProtocolBufferException e) {
      return List.of(new Order.Malformed("is no Sparkplug B payload"));
    }
  }

  private static Order nodeOrder(Payload payload, Metric metric) {
    if (!metric.getName().equals(SparkplugNodeMetric.REBIRTH.wireName())) {
      return new Order.Malformed("names a metric of the node that takes no commands");
    }
    return metric.getBooleanValue()
        ? new Order.Rebirth()
        : new Order.Malformed("does not ask for a birth with true");
  }

  private Order deviceOrder(
      Payload payload,
      Metric metric,
      SparkplugModel.Device device,
      Optional<SparkplugModel.Metric> point,
      SparkplugTypes types,
      Instant now) {
    if (point.isEmpty()) {
      return new Order.Malformed("names a metric that its device does not have");
    }
    if (!metric.hasTimestamp() && !payload.hasTimestamp()) {
      return new Order.Malformed("has no timestamp, so nobody knows how old it is");
    }
    long millis = metric.hasTimestamp() ? metric.getTimestamp() : payload.getTimestamp();
    if (millis < 0 || millis > now.plus(lifetime).toEpochMilli()) {
      return new Order.Malformed("has a timestamp in the future");
    }
    String name = point.get().point().id();
    Optional<Value> value =
        value(metric).flatMap(given -> fit(given, types.known(device.spec().id(), name)));
    if (value.isEmpty()) {
      return new Order.Malformed("has a value of another type than its metric");
    }
    return new Order.Act(
        new Command(
            id(device.spec().id(), name, millis, value.get()),
            device.spec().id(),
            name,
            value.get(),
            Instant.ofEpochMilli(millis).plus(lifetime),
            origin));
  }

  /** The point with this name, or else with this alias. */
  private static Optional<SparkplugModel.Metric> point(
      Metric metric, SparkplugModel.Device device, SparkplugAliases aliases) {
    if (!metric.getName().isEmpty()) {
      return Optional.ofNullable(device.metrics().get(metric.getName()));
    }
    OptionalLong position = aliases.position(device.spec().id(), metric.getAlias());
    return position.isPresent() ? device.at(position.getAsLong()) : Optional.empty();
  }

  /** For a person where it fits: {@code lamp-1/level@1793534400000#0123456789abcdef}. */
  private static String id(String device, String point, long millis, Value value) {
    String told = device + "/" + point + "@" + millis;
    String digest = digest(told + "=" + value);
    String id = told + "#" + digest.substring(0, DIGEST_CHARS);
    return id.length() <= MAX_ID ? id : "@" + millis + "#" + digest;
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static Optional<Value> value(Metric metric) {
    return switch (metric.getValueCase()) {
      case BOOLEAN_VALUE -> Optional.of(new Value.Bool(metric.getBooleanValue()));
      case STRING_VALUE -> Optional.of(new Value.Text(metric.getStringValue()));
      case BYTES_VALUE -> Optional.of(Bytes.of(metric.getBytesValue().toByteArray()));
      case INT_VALUE -> Optional.of(new Value.Int(small(metric)));
      case LONG_VALUE -> Optional.of(new Value.Int(metric.getLongValue()));
      case FLOAT_VALUE -> real(decimal(metric.getFloatValue()));
      case DOUBLE_VALUE -> real(metric.getDoubleValue());
      default -> Optional.empty();
    };
  }

  /** The 32 bits of an int value: unsigned only where the type says so. */
  private static long small(Metric metric) {
    boolean unsigned =
        metric.getDatatype() == DataType.UInt32_VALUE
            || metric.getDatatype() == DataType.UInt16_VALUE
            || metric.getDatatype() == DataType.UInt8_VALUE;
    return unsigned ? Integer.toUnsignedLong(metric.getIntValue()) : metric.getIntValue();
  }

  /** What was written as a float, not its nearest neighbour among the doubles: 0.1 stays 0.1. */
  private static double decimal(float number) {
    return Double.parseDouble(Float.toString(number));
  }

  private static Optional<Value> real(double number) {
    return Double.isFinite(number) ? Optional.of(new Value.Real(number)) : Optional.empty();
  }

  /** The value in the type of its point; a number may come as any other kind of number. */
  private static Optional<Value> fit(Value given, Optional<SparkplugType> known) {
    SparkplugType type = known.orElseGet(() -> SparkplugType.of(given));
    if (type == SparkplugType.DOUBLE && given instanceof Value.Int whole) {
      return Optional.of(new Value.Real((double) whole.value()));
    }
    if (type == SparkplugType.INT64 && given instanceof Value.Real real) {
      boolean whole = real.value() == Math.rint(real.value()) && Math.abs(real.value()) < EXACT;
      return whole ? Optional.of(new Value.Int((long) real.value())) : Optional.empty();
    }
    return type == SparkplugType.of(given) ? Optional.of(given) : Optional.empty();
  }
}
