package io.polegate.testkit.dlt645;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A meter of DL/T 645-2007, good or bad; shares no code with the driver. Thread-safe. */
public final class SimulatedMeter {
  private static final int READ = 0x11;
  private static final int READ_MORE = 0x12;
  private static final int FIND_ADDRESS = 0x13;
  private static final int ANSWER = 0x80;
  private static final int REFUSED = 0x40;
  private static final int MORE = 0x20;
  private static final byte[] NO_SUCH_DATA = {0x02};

  private final String address;
  private final Map<String, byte[]> held = new HashMap<>();
  private final Deque<MeterFault> faults = new ArrayDeque<>();
  private boolean dead;
  private int wake = 4;
  private int frameBytes = 196;
  private int requests;
  private String clock = "";

  /**
   * A meter that holds nothing yet.
   *
   * @param address twelve digits as printed on it
   */
  public SimulatedMeter(String address) {
    this.address = address;
  }

  /**
   * Lets it hold something.
   *
   * @param id eight digits as the standard prints them
   * @param values hexadecimal digits as printed, several of them for a block
   */
  public synchronized SimulatedMeter set(String id, String... values) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String value : values) {
      data.writeBytes(MeterFrames.lowFirst(value));
    }
    held.put(id, data.toByteArray());
    return this;
  }

  /** Answers begin with so many bytes FE, 0 to 4. */
  public synchronized void wakeWith(int bytes) {
    wake = bytes;
  }

  /** Answers hold no more than so many bytes beside the data id; more frames follow. */
  public synchronized void splitAfter(int bytes) {
    frameBytes = bytes;
  }

  /** The next answers go wrong so, one each. */
  public synchronized void fail(MeterFault... next) {
    faults.addAll(List.of(next));
  }

  /** Never answers again, or does. */
  public synchronized void die(boolean really) {
    dead = really;
  }

  /** Requests to this meter. */
  public synchronized int requests() {
    return requests;
  }

  /** What it was told last, {@code yyMMddHHmmss}; empty if nothing. */
  public synchronized String clock() {
    return clock;
  }

  String address() {
    return address;
  }

  synchronized int wake() {
    return wake;
  }

  synchronized void tell(byte[] time) {
    clock = MeterFrames.printed(time);
  }

  /** The answer without what wakes the receiver up; empty if there is none. */
  synchronized Optional<byte[]> answer(int control, byte[] data) {
    requests++;
    if (dead) {
      return Optional.empty();
    }
    if (control == FIND_ADDRESS) {
      return Optional.of(frame(control | ANSWER, MeterFrames.lowFirst(address)));
    }
    String id = data.length < 4 ? "" : MeterFrames.printed(Arrays.copyOf(data, 4));
    byte[] value = held.get(id);
    if (value == null || (control != READ && control != READ_MORE)) {
      return Optional.of(frame(control | ANSWER | REFUSED, NO_SUCH_DATA));
    }
    int number = control == READ ? 0 : data[4] & 0xFF;
    int from = number * frameBytes;
    if (from >= value.length) {
      return Optional.of(frame(control | ANSWER | REFUSED, NO_SUCH_DATA));
    }
    int to = Math.min(value.length, from + frameBytes);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    said.write(data, 0, 4);
    said.write(value, from, to - from);
    if (control == READ_MORE) {
      said.write(number);
    }
    int more = to < value.length ? MORE : 0;
    return Optional.of(frame(control | ANSWER | more, said.toByteArray()));
  }

  synchronized Optional<MeterFault> nextFault() {
    return Optional.ofNullable(faults.poll());
  }

  private byte[] frame(int control, byte[] data) {
    return MeterFrames.frame(address, control, data);
  }
}
