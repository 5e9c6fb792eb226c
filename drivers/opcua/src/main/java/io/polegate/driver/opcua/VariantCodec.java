package io.polegate.driver.opcua;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.data.ValueType;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;

/** Between the values of a server and ours. Nothing is rounded on the way in. Pure. */
final class VariantCodec {
  private VariantCodec() {}

  /** What a server answered, as a value of the wanted type. */
  static Sample decode(@Nullable DataValue answer, ValueType wanted) {
    if (answer == null) {
      return Sample.bad(BadReason.NOT_DECODABLE, "no value");
    }
    if (answer.statusCode().isBad()) {
      return Sample.bad(Statuses.reason(answer.statusCode()), Statuses.name(answer.statusCode()));
    }
    if (answer.statusCode().isUncertain()) {
      return Sample.bad(BadReason.UNCERTAIN, Statuses.name(answer.statusCode()));
    }
    Object raw = answer.value().value();
    if (raw instanceof ULong number
        && wanted == ValueType.INTEGER
        && number.toBigInteger().bitLength() >= Long.SIZE) {
      return Sample.bad(BadReason.OUT_OF_RANGE, number + " is above 2^63-1");
    }
    Optional<Value> value = raw == null ? Optional.empty() : value(raw, wanted);
    return value.isPresent()
        ? new Sample.Good(value.get(), time(answer.sourceTime()))
        : Sample.bad(BadReason.NOT_DECODABLE, "a value of type " + kind(raw) + " is no " + wanted);
  }

  /** A stamp of 1601 is how a server says that it has none, Part 6, 5.2.2.5. */
  private static Optional<Instant> time(@Nullable DateTime stamp) {
    return stamp == null || stamp.getUtcTime() <= 0
        ? Optional.empty()
        : Optional.of(stamp.getJavaInstant());
  }

  private static Optional<Value> value(Object raw, ValueType wanted) {
    return switch (wanted) {
      case BOOLEAN ->
          raw instanceof Boolean state ? Optional.of(new Value.Bool(state)) : Optional.empty();
      case INTEGER -> raw instanceof Number number ? integer(number) : Optional.empty();
      case REAL -> raw instanceof Number number ? real(number) : Optional.empty();
      case TEXT -> text(raw);
      case BYTES ->
          raw instanceof ByteString bytes
              ? Optional.of(Bytes.of(bytes.bytesOrEmpty()))
              : Optional.empty();
    };
  }

  private static Optional<Value> integer(Number number) {
    return exact(number)
        .filter(exact -> exact.stripTrailingZeros().scale() <= 0)
        .map(BigDecimal::toBigInteger)
        .filter(whole -> whole.bitLength() < Long.SIZE)
        .map(whole -> new Value.Int(whole.longValue()));
  }

  private static Optional<Value> real(Number number) {
    return exact(number)
        .filter(exact -> new BigDecimal(exact.doubleValue()).compareTo(exact) == 0)
        .map(exact -> new Value.Real(exact.doubleValue()));
  }

  private static Optional<Value> text(Object raw) {
    if (raw instanceof String text) {
      return Optional.of(new Value.Text(text));
    }
    if (raw instanceof LocalizedText text) {
      return Optional.ofNullable(text.text()).map(Value.Text::new);
    }
    if (raw instanceof UUID guid) {
      return Optional.of(new Value.Text(guid.toString()));
    }
    return raw instanceof DateTime time
        ? Optional.of(new Value.Text(time.getJavaInstant().toString()))
        : Optional.empty();
  }

  private static Optional<BigDecimal> exact(Number number) {
    if (number instanceof Double || number instanceof Float) {
      double value = number.doubleValue();
      return Double.isFinite(value) ? Optional.of(new BigDecimal(value)) : Optional.empty();
    }
    return Optional.of(new BigDecimal(number.toString()));
  }

  /**
   * A value as the node has it.
   *
   * @param type of the node
   * @throws WriteRejectedException if it has no such value
   */
  static Variant encode(Value value, OpcUaDataType type) throws WriteRejectedException {
    try {
      return Variant.of(raw(value, type));
    } catch (ArithmeticException e) {
      throw new WriteRejectedException(shown(value) + " does not fit a node of type " + type, e);
    }
  }

  private static Object raw(Value value, OpcUaDataType type) throws WriteRejectedException {
    if (value instanceof Value.Int whole) {
      return number(BigDecimal.valueOf(whole.value()), type);
    }
    if (value instanceof Value.Real real) {
      return number(new BigDecimal(real.value()), type);
    }
    if (value instanceof Value.Bool state && type == OpcUaDataType.Boolean) {
      return state.value();
    }
    if (value instanceof Value.Text text && type == OpcUaDataType.String) {
      return text.value();
    }
    if (value instanceof Value.Text text && type == OpcUaDataType.LocalizedText) {
      return LocalizedText.english(text.value());
    }
    if (value instanceof Bytes bytes && type == OpcUaDataType.ByteString) {
      return ByteString.of(bytes.toArray());
    }
    throw new WriteRejectedException("a node of type " + type + " takes no " + value.type());
  }

  private static Object number(BigDecimal number, OpcUaDataType type)
      throws WriteRejectedException {
    return switch (type) {
      case SByte -> number.byteValueExact();
      case Int16 -> number.shortValueExact();
      case Int32 -> number.intValueExact();
      case Int64 -> number.longValueExact();
      case Byte -> UByte.valueOf(unsigned(number, Byte.SIZE).intValue());
      case UInt16 -> UShort.valueOf(unsigned(number, Short.SIZE).intValue());
      case UInt32 -> UInteger.valueOf(unsigned(number, Integer.SIZE).longValue());
      case UInt64 -> ULong.valueOf(unsigned(number, Long.SIZE));
      case Float -> finite(number.floatValue());
      case Double -> finite(number.doubleValue());
      default -> throw new WriteRejectedException("a node of type " + type + " takes no number");
    };
  }

  private static BigInteger unsigned(BigDecimal number, int bits) {
    BigInteger whole = number.toBigIntegerExact();
    if (whole.signum() < 0 || whole.bitLength() > bits) {
      throw new ArithmeticException("outside of 0 to 2^" + bits + "-1");
    }
    return whole;
  }

  private static Float finite(float number) {
    if (!Float.isFinite(number)) {
      throw new ArithmeticException("beyond the greatest number");
    }
    return number;
  }

  private static Double finite(double number) {
    return number;
  }

  private static String shown(Value value) {
    return value instanceof Value.Int whole ? Long.toString(whole.value()) : value.toString();
  }

  private static String kind(@Nullable Object raw) {
    return raw == null ? "null" : raw.getClass().getSimpleName();
  }
}
