package io.polegate.testkit.modbus;

import io.polegate.testkit.PseudoTerminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Several simulated units on one serial line. Answers on a thread of its own until closed; closing
 * it closes the terminal.
 */
public final class ModbusRtuLine implements AutoCloseable {
  private static final byte[] NOISE = {0x00, (byte) 0xFF, 0x13, 0x03, 0x7E};

  private final PseudoTerminal terminal;
  private final Map<Integer, ModbusUnit> units;
  private final Thread thread;

  /** Starts to answer for {@code units}, by unit number. */
  public ModbusRtuLine(PseudoTerminal terminal, Map<Integer, ModbusUnit> units) {
    this.terminal = terminal;
    this.units = Map.copyOf(units);
    this.thread = new Thread(this::serve, "simulated-line-" + terminal.port());
    thread.setDaemon(true);
    thread.start();
  }

  /** Pulls the cable and waits for the thread. */
  @Override
  public void close() {
    terminal.close();
    Threads.end(thread);
  }

  private void serve() {
    byte[] pending = new byte[0];
    byte[] chunk = new byte[512];
    try (InputStream in = terminal.input()) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        int before = pending.length;
        pending = Arrays.copyOf(pending, before + count);
        System.arraycopy(chunk, 0, pending, before, count);
        pending = consume(pending);
      }
    } catch (IOException e) {
      // the other end or this one was closed while answering: nothing left to do
      Threads.endOfWork(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers all whole requests in {@code pending} and returns the rest. */
  private byte[] consume(byte[] pending) throws IOException, InterruptedException {
    byte[] rest = pending;
    while (rest.length > 0) {
      int length = RtuFrames.requestLength(rest);
      if (length == 0 || length > rest.length) {
        return rest;
      }
      byte[] frame = Arrays.copyOf(rest, Math.max(length, 3));
      if (length > 0 && RtuFrames.intact(frame)) {
        answer(frame);
        rest = Arrays.copyOfRange(rest, length, rest.length);
      } else {
        rest = Arrays.copyOfRange(rest, 1, rest.length);
      }
    }
    return rest;
  }

  private void answer(byte[] request) throws IOException, InterruptedException {
    int number = request[0] & 0xFF;
    ModbusUnit unit = units.get(number);
    if (unit == null) {
      return;
    }
    byte[] pdu = unit.answer(Arrays.copyOfRange(request, 1, request.length - 2));
    Fault fault = unit.nextFault();
    Thread.sleep(fault.delay().toMillis());
    for (byte[] frame : shape(number, pdu, fault)) {
      terminal.output().write(frame);
    }
  }

  private static List<byte[]> shape(int unit, byte[] pdu, Fault fault) {
    byte[] good = RtuFrames.frame(unit, pdu);
    return switch (fault.kind()) {
      case NONE, DELAY -> List.of(good);
      case SILENCE -> List.of();
      case CORRUPT -> List.of(corrupted(good));
      case WRONG_UNIT -> List.of(RtuFrames.frame(unit + 1, pdu));
      case DUPLICATE -> List.of(good, good);
      case NOISE -> List.of(NOISE, good);
      case EXCEPTION ->
          List.of(RtuFrames.frame(unit, new byte[] {(byte) (pdu[0] | 0x80), (byte) fault.code()}));
      case HALF_FRAME -> List.of(Arrays.copyOf(good, good.length / 2));
      case RESET -> throw new UncheckedIOException(new IOException("a line has no connection"));
    };
  }

  private static byte[] corrupted(byte[] good) {
    byte[] bad = good.clone();
    bad[bad.length - 1] ^= 0x55;
    return bad;
  }
}
