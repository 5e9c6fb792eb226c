package io.polegate.testkit.dlt645;

import io.polegate.testkit.Pace;
import io.polegate.testkit.PseudoTerminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Meters on one serial line, among whatever else speaks there. Answers on a thread of its own until
 * closed; closing it closes the terminal.
 */
public final class MeterLine implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 5_000;
  private static final int MOST_PENDING = 1024;
  private static final int BROADCAST_TIME = 0x08;
  private static final String ALL = "999999999999";
  private static final String ANY = "AAAAAAAAAAAA";
  private static final String NEIGHBOUR = "000000000777";
  private static final byte[] NOISE = {0x68, 0x00, 0x16, 0x68, 0x01, 2, 3, 4, 5, 6, 7, 0x68, 0x10};

  private final PseudoTerminal terminal;
  private final List<SimulatedMeter> meters;
  private final Pace pace;
  private final Thread thread;
  private byte[] pending = new byte[0];
  private byte[] heldBack = new byte[0];

  /** Starts to answer. */
  public MeterLine(PseudoTerminal terminal, SimulatedMeter... meters) {
    this(terminal, Pace.NONE, meters);
  }

  /** Starts to answer, as fast as a wire with real meters. */
  public MeterLine(PseudoTerminal terminal, Pace pace, SimulatedMeter... meters) {
    this.terminal = terminal;
    this.pace = pace;
    this.meters = List.of(meters);
    this.thread = new Thread(this::serve, "simulated-meters-" + terminal.port());
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Says something that nobody asked for.
   *
   * @throws IOException if the cable is pulled
   */
  public void say(byte[] bytes) throws IOException {
    terminal.output().write(bytes);
  }

  /** Pulls the cable and waits for the thread. */
  @Override
  public void close() {
    terminal.close();
    thread.interrupt();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() {
    byte[] chunk = new byte[512];
    try (InputStream in = terminal.input()) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        take(chunk, count);
      }
    } catch (IOException e) {
      // closed while answering: nobody is left to hear it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(byte[] chunk, int count) throws IOException, InterruptedException {
    long asked = System.nanoTime();
    byte[] all = Arrays.copyOf(pending, pending.length + count);
    System.arraycopy(chunk, 0, all, pending.length, count);
    pending = all;
    for (int start = 0; start < pending.length; start++) {
      int length = MeterFrames.lengthAt(pending, start);
      if (length > 0) {
        byte[] request = Arrays.copyOfRange(pending, start, start + length);
        pending = Arrays.copyOfRange(pending, start + length, pending.length);
        answer(request, asked);
        start = -1;
      }
    }
    pending =
        Arrays.copyOfRange(pending, Math.max(0, pending.length - MOST_PENDING), pending.length);
  }

  private void answer(byte[] request, long asked) throws IOException, InterruptedException {
    String address = MeterFrames.address(request);
    int control = request[8] & 0xFF;
    if (address.equals(ALL)) {
      if (control == BROADCAST_TIME) {
        meters.forEach(meter -> meter.tell(MeterFrames.data(request)));
      }
      return;
    }
    List<byte[]> answers = new ArrayList<>();
    for (SimulatedMeter meter : meters) {
      if (address.equals(meter.address()) || address.equals(ANY)) {
        Optional<byte[]> right = meter.answer(control, MeterFrames.data(request));
        if (right.isPresent()) {
          answers.add(shape(meter, request, right.get()));
        }
      }
    }
    if (!answers.isEmpty()) {
      byte[] heard = answers.stream().reduce(MeterLine::collide).orElseThrow();
      pace.await(asked, request.length + heard.length);
      say(heard);
    }
  }

  /** What becomes of an answer that is right. */
  private byte[] shape(SimulatedMeter meter, byte[] request, byte[] right) {
    Optional<MeterFault> fault = meter.nextFault();
    byte[] before = heldBack;
    heldBack = new byte[0];
    byte[] good = joined(wake(meter), right);
    if (fault.isEmpty()) {
      return joined(before, good);
    }
    byte[] data = MeterFrames.data(right);
    byte[] neighbours = MeterFrames.frame(NEIGHBOUR, right[8], data);
    return switch (fault.get()) {
      case SILENCE -> new byte[0];
      case WRONG_CHECKSUM -> changed(good, good.length - 2);
      case WRONG_ADDRESS -> neighbours;
      case WRONG_ID -> again(meter, right, changed(data, 0));
      case WRONG_NUMBER -> again(meter, right, changed(data, data.length - 1));
      case TRUNCATED -> Arrays.copyOf(good, good.length / 2);
      case NO_END -> changed(good, good.length - 1);
      case REFUSAL -> MeterFrames.frame(meter.address(), request[8] | 0xC0, new byte[] {2});
      case HELD_BACK -> {
        heldBack = good;
        yield new byte[0];
      }
      case ECHO -> joined(request, good);
      case NOISE -> joined(NOISE, good);
      case FOREIGN -> joined(neighbours, good);
      case DUPLICATE -> joined(good, good);
      case BABBLE -> babble();
    };
  }

  private static byte[] again(SimulatedMeter meter, byte[] right, byte[] data) {
    return MeterFrames.frame(meter.address(), right[8], data);
  }

  private static byte[] wake(SimulatedMeter meter) {
    byte[] wake = new byte[meter.wake()];
    Arrays.fill(wake, (byte) 0xFE);
    return wake;
  }

  private static byte[] babble() {
    byte[] babble = new byte[3000];
    Arrays.fill(babble, (byte) 0x68);
    return babble;
  }

  private static byte[] changed(byte[] bytes, int index) {
    byte[] changed = bytes.clone();
    changed[index] ^= 0x01;
    return changed;
  }

  /** Two at once on one pair of wires: where they differ, nobody can say what is heard. */
  private static byte[] collide(byte[] one, byte[] other) {
    byte[] heard = new byte[Math.max(one.length, other.length)];
    for (int i = 0; i < heard.length; i++) {
      heard[i] = (byte) ((i < one.length ? one[i] : 0xFF) & (i < other.length ? other[i] : 0xFF));
    }
    return heard;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }
}
