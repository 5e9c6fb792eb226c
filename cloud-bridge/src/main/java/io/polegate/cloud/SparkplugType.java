package io.polegate.cloud;

import com.google.protobuf.ByteString;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;

/** The Sparkplug data types that values of a pole travel in. */
enum SparkplugType {
  INT64(DataType.Int64),
  DOUBLE(DataType.Double),
  BOOLEAN(DataType.Boolean),
  STRING(DataType.String),
  BYTES(DataType.Bytes);

  /** Whole numbers up to here keep every digit as a double. */
  private static final long EXACT = 1L << 53;

  private final DataType wire;

  SparkplugType(DataType wire) {
    this.wire = wire;
  }

  /** The type that fits a value best. */
  static SparkplugType of(Value value) {
    return switch (value.type()) {
      case INTEGER -> INT64;
      case REAL -> DOUBLE;
      case BOOLEAN -> BOOLEAN;
      case TEXT -> STRING;
      case BYTES -> BYTES;
    };
  }

  /** Number of the type in payloads. */
  int code() {
    return wire.getNumber();
  }

  /** Whether a value of a metric that was declared so can be told without loss. */
  boolean holds(Value value) {
    boolean wholeInDouble =
        this == DOUBLE
            && value instanceof Value.Int whole
            && whole.value() >= -EXACT
            && whole.value() <= EXACT;
    return wholeInDouble || this == of(value);
  }

  /** Writes a value that this type {@link #holds}. */
  void put(Metric.Builder metric, Value value) {
    if (value instanceof Value.Bool bool) {
      metric.setBooleanValue(bool.value());
    } else if (value instanceof Value.Text text) {
      metric.setStringValue(ItemWriter.wellFormed(text.value()));
    } else if (value instanceof Bytes bytes) {
      metric.setBytesValue(ByteString.copyFrom(bytes.toArray()));
    } else if (value instanceof Value.Real real) {
      metric.setDoubleValue(real.value());
    } else if (value instanceof Value.Int whole && this == DOUBLE) {
      metric.setDoubleValue((double) whole.value());
    } else if (value instanceof Value.Int whole) {
      metric.setLongValue(whole.value());
    }
  }
}
