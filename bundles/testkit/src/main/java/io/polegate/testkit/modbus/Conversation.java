package io.polegate.testkit.modbus;

import io.polegate.testkit.Pace;
import io.polegate.testkit.modbus.Fault.Kind;
import io.polegate.testkit.modbus.Framing.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One line or connection: takes bytes, answers for the units, right or wrong. For one thread. */
final class Conversation {
  private static final byte[] NOISE = {0x00, (byte) 0xFF, 0x13, 0x03, 0x7E};

  /** A lighting module tells everybody its state: two registers written to unit 0. */
  private static final byte[] ANNOUNCEMENT = {16, 0x10, 0, 0, 2, 4, 0, 1, 0, 80};

  private final Framing framing;
  private final Map<Integer, ModbusUnit> units;
  private final OutputStream out;
  private final Pace pace;
  private byte[] pending = new byte[0];
  private Optional<Held> held = Optional.empty();

  /** What becomes of a connection. */
  enum End {
    NONE,
    CLOSE,
    RESET
  }

  /** An answer that was kept back. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Held(int unit, byte[] frame) {}

  Conversation(Framing framing, Map<Integer, ModbusUnit> units, OutputStream out) {
    this(framing, units, out, Pace.NONE);
  }

  Conversation(Framing framing, Map<Integer, ModbusUnit> units, OutputStream out, Pace pace) {
    this.framing = framing;
    this.units = units;
    this.out = out;
    this.pace = pace;
  }

  /** Takes what came and answers all whole requests. */
  End take(byte[] chunk, int count) throws IOException, InterruptedException {
    long asked = System.nanoTime();
    int before = pending.length;
    pending = Arrays.copyOf(pending, before + count);
    System.arraycopy(chunk, 0, pending, before, count);
    while (pending.length > 0) {
      int length = framing.requestLength(pending);
      if (length == 0 || length > pending.length) {
        return End.NONE;
      }
      if (length < 0 && framing == Framing.MBAP) {
        return End.CLOSE;
      }
      Request request = framing.request(Arrays.copyOf(pending, Math.max(length, 1)));
      boolean intact = request.pdu().length > 0;
      pending = Arrays.copyOfRange(pending, intact ? length : 1, pending.length);
      End end = intact ? answer(request, asked) : End.NONE;
      if (end != End.NONE) {
        return end;
      }
    }
    return End.NONE;
  }

  private End answer(Request request, long asked) throws IOException, InterruptedException {
    if (framing.broadcasts() && request.unit() == 0) {
      units.values().forEach(unit -> unit.answer(request.pdu()));
      return End.NONE;
    }
    ModbusUnit unit = units.get(request.unit());
    if (unit == null) {
      return End.NONE;
    }
    byte[] pdu = unit.answer(request.pdu());
    Fault fault = unit.nextFault();
    if (fault.kind() == Kind.DELAY) {
      Thread.sleep(fault.delay().toMillis());
    }
    releaseHeld(request.unit());
    List<byte[]> frames = shape(request, pdu, fault);
    pace.await(asked, characters(request, frames));
    for (int i = 0; i < frames.size(); i++) {
      if (i > 0 && fault.kind() == Kind.SPLIT) {
        Thread.sleep(fault.delay().toMillis());
      }
      out.write(frames.get(i));
    }
    return switch (fault.kind()) {
      case HALF_FRAME -> End.CLOSE;
      case RESET -> End.RESET;
      default -> End.NONE;
    };
  }

  private int characters(Request request, List<byte[]> frames) {
    int asked = framing.frame(request.number(), request.unit(), request.pdu()).length;
    return asked + frames.stream().mapToInt(frame -> frame.length).sum();
  }

  private void releaseHeld(int unit) throws IOException {
    if (held.isPresent() && (!framing.broadcasts() || held.get().unit() != unit)) {
      out.write(held.get().frame());
      held = Optional.empty();
    }
  }

  private List<byte[]> shape(Request request, byte[] pdu, Fault fault) {
    byte[] good = framed(request, request.unit(), pdu);
    int half = good.length / 2;
    return switch (fault.kind()) {
      case NONE, DELAY -> List.of(good);
      case SILENCE, RESET -> List.of();
      case CORRUPT -> List.of(corrupted(request, pdu, good));
      case WRONG_UNIT -> List.of(framed(request, request.unit() + 1, pdu));
      case WRONG_FUNCTION -> List.of(framed(request, request.unit(), otherFunction(pdu)));
      case WRONG_COUNT -> List.of(framed(request, request.unit(), longer(pdu)));
      case DUPLICATE -> List.of(joined(good, good)); // at once: RTU cannot know a later one
      case NOISE -> framing == Framing.MBAP ? List.of(good) : List.of(NOISE, good);
      case FOREIGN_BROADCAST ->
          List.of(framing.frame(request.number() + 7777, 0, ANNOUNCEMENT), good);
      case EXCEPTION -> List.of(framed(request, request.unit(), refusal(pdu, fault.code())));
      case HALF_FRAME -> List.of(Arrays.copyOf(good, half));
      case SPLIT -> List.of(Arrays.copyOf(good, half), Arrays.copyOfRange(good, half, good.length));
      case HELD_BACK -> {
        held = Optional.of(new Held(request.unit(), good));
        yield List.of();
      }
    };
  }

  private byte[] framed(Request request, int unit, byte[] pdu) {
    return framing.frame(request.number(), unit & 0xFF, pdu);
  }

  private byte[] corrupted(Request request, byte[] pdu, byte[] good) {
    if (framing == Framing.MBAP) {
      return framing.frame(request.number() + 5000, request.unit(), pdu);
    }
    byte[] bad = good.clone();
    bad[good.length / 2] ^= 0x01;
    return bad;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static byte[] otherFunction(byte[] pdu) {
    byte[] other = pdu.clone();
    other[0] ^= 0x07;
    return other;
  }

  /** One register or eight coils more; the answer to a write stays as it is but for its address. */
  private static byte[] longer(byte[] pdu) {
    int function = pdu[0] & 0xFF;
    if (function > 4) {
      byte[] other = pdu.clone();
      other[pdu.length - 1] ^= 0x01;
      return other;
    }
    int more = function > 2 ? 2 : 1;
    byte[] longer = Arrays.copyOf(pdu, pdu.length + more);
    longer[1] += (byte) more;
    return longer;
  }

  private static byte[] refusal(byte[] pdu, int code) {
    return new byte[] {(byte) (pdu[0] | 0x80), (byte) code};
  }
}
