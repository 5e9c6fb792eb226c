package io.polegate.cloud;

import io.polegate.api.data.Value;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/**
 * A payload while it is put together. Births declare metrics by name, alias and type; data messages
 * report by alias alone. One thread.
 */
final class SparkplugMessage {
  private final Payload.Builder payload = Payload.newBuilder();
  private int bytes;

  /** Roughly what it will measure, without what surrounds the metrics. */
  int bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return payload.getMetricsCount() == 0;
  }

  /** A metric of the node itself, in its birth. */
  void declare(SparkplugNodeMetric metric, Instant time, Optional<Value> value) {
    Metric.Builder declared = declared(metric.wireName(), metric.type(), time);
    if (metric.aliased()) {
      declared.setAlias(metric.alias());
    }
    add(metric.type(), declared, value);
  }

  /** A metric of a device, in its birth. */
  void declare(
      String name,
      long alias,
      SparkplugType type,
      Instant time,
      Optional<Value> value,
      SparkplugProperties properties) {
    Metric.Builder declared = declared(name, type, time).setAlias(alias);
    if (!properties.build().getKeysList().isEmpty()) {
      declared.setProperties(properties.build());
    }
    add(type, declared, value);
  }

  /** A change of something that was declared. */
  void report(
      long alias,
      SparkplugType type,
      Instant time,
      boolean historical,
      Optional<Value> value,
      SparkplugProperties properties) {
    Metric.Builder report =
        Metric.newBuilder()
            .setAlias(alias)
            .setTimestamp(time.toEpochMilli())
            .setProperties(properties.build());
    if (historical) {
      report.setIsHistorical(true);
    }
    add(type, report, value);
  }

  /** The finished payload. */
  byte[] finish(Instant sent, int seq) {
    return payload.setTimestamp(sent.toEpochMilli()).setSeq(seq).build().toByteArray();
  }

  /** The payload of a death certificate: the number of the session and nothing else. */
  static byte[] death(int bdSeq) {
    return Payload.newBuilder()
        .addMetrics(
            Metric.newBuilder()
                .setName(SparkplugNodeMetric.BD_SEQ.wireName())
                .setDatatype(SparkplugNodeMetric.BD_SEQ.type().code())
                .setLongValue(bdSeq))
        .build()
        .toByteArray();
  }

  private static Metric.Builder declared(String name, SparkplugType type, Instant time) {
    return Metric.newBuilder()
        .setName(name)
        .setTimestamp(time.toEpochMilli())
        .setDatatype(type.code());
  }

  private void add(SparkplugType type, Metric.Builder metric, Optional<Value> value) {
    if (value.isPresent()) {
      type.put(metric, value.get());
    } else {
      metric.setIsNull(true);
    }
    Metric built = metric.build();
    bytes += built.getSerializedSize();
    payload.addMetrics(built);
  }
}
