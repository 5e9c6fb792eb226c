package io.polegate.buffer;

import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;

/**
 * Values as a tag and as few bytes as keep them exact. Most real readings are short decimals, so a
 * real number is tried as a whole number of thousandths before it takes four or eight bytes.
 * Stateless.
 */
final class ValueCodec {
  /** First tag that is not a value's. */
  static final int TAGS = 11;

  private static final int FALSE = 0;
  private static final int TRUE = 1;
  private static final int INT = 2;
  private static final int DECIMAL = 3;
  private static final int FLOAT = 7;
  private static final int DOUBLE = 8;
  private static final int TEXT = 9;
  private static final int BYTES = 10;

  private static final double[] SCALES = {1, 10, 100, 1000};
  private static final double MANTISSA_LIMIT = 100_000_000;

  private ValueCodec() {}

  static int tag(Value value) {
    if (value instanceof Value.Bool bool) {
      return bool.value() ? TRUE : FALSE;
    }
    if (value instanceof Value.Int) {
      return INT;
    }
    if (value instanceof Value.Real real) {
      return realTag(real.value());
    }
    return value instanceof Value.Text ? TEXT : BYTES;
  }

  static void write(Packer out, int tag, Value value, Texts texts) {
    if (value instanceof Value.Int whole) {
      out.signed(whole.value());
    } else if (value instanceof Value.Real real) {
      writeReal(out, tag, real.value());
    } else if (value instanceof Value.Text text) {
      texts.write(out, text.value());
    } else if (value instanceof Bytes bytes) {
      byte[] content = bytes.toArray();
      out.unsigned(content.length);
      out.raw(content, content.length);
    }
  }

  static Value read(Unpacker in, int tag, Texts texts) throws DamagedBlockException {
    return switch (tag) {
      case FALSE, TRUE -> new Value.Bool(tag == TRUE);
      case INT -> new Value.Int(in.signed());
      case DECIMAL, DECIMAL + 1, DECIMAL + 2, DECIMAL + 3 ->
          new Value.Real(in.signed() / SCALES[tag - DECIMAL]);
      case FLOAT -> real(Float.intBitsToFloat(in.fixed32()));
      case DOUBLE -> real(Double.longBitsToDouble(in.fixed64()));
      case TEXT -> new Value.Text(texts.read(in));
      case BYTES -> Bytes.of(in.raw());
      default -> throw new DamagedBlockException("value tag " + tag);
    };
  }

  private static Value real(double value) throws DamagedBlockException {
    if (!Double.isFinite(value)) {
      throw new DamagedBlockException("not a finite number");
    }
    return new Value.Real(value);
  }

  private static void writeReal(Packer out, int tag, double value) {
    if (tag == DOUBLE) {
      out.fixed64(Double.doubleToRawLongBits(value));
    } else if (tag == FLOAT) {
      out.fixed32(Float.floatToRawIntBits((float) value));
    } else {
      out.signed(Math.round(value * SCALES[tag - DECIMAL]));
    }
  }

  private static int realTag(double value) {
    if (Math.abs(value) < MANTISSA_LIMIT) {
      for (int i = 0; i < SCALES.length; i++) {
        if (same(Math.round(value * SCALES[i]) / SCALES[i], value)) {
          return DECIMAL + i;
        }
      }
    }
    return same((float) value, value) ? FLOAT : DOUBLE;
  }

  /** Bit for bit, so that minus zero stays what it is. */
  private static boolean same(double a, double b) {
    return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
  }
}
