package io.polegate.driver.dlt645;

import io.polegate.api.data.Bytes;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.FrameTrace.Kind;
import io.polegate.api.serial.SerialLine;
import io.polegate.driver.dlt645.FrameBuffer.Received;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries one request at a time to a meter and brings back the right answer or none. Thread rule as
 * for drivers.
 *
 * <p>The line has to be silent for the gap before each request, and what came meanwhile is thrown
 * away. A meter that let a request time out is asked again only when its late answer came or had
 * another time-out to come; others are told apart by their address and need not wait.
 */
final class MeterLink {
  private final SerialLine line;
  private final LinkTiming timing;
  private final LongSupplier nanos;
  private final FrameBuffer buffer = new FrameBuffer();
  private FrameTrace.Listener trace = (kind, frame) -> {};
  private volatile boolean opened;
  private long quietSince;
  private long owedUntil;
  private @Nullable MeterRequest asked;
  private @Nullable MeterRequest inVain;

  MeterLink(SerialLine line, LinkTiming timing, LongSupplier nanos) {
    this.line = line;
    this.timing = timing;
    this.nanos = nanos;
  }

  /** See {@link FrameTrace#traceTo}. */
  void traceTo(FrameTrace.Listener listener) {
    trace = listener;
  }

  /** Opens; does nothing when open. */
  void open() throws EndpointDownException {
    if (!opened) {
      line.open();
      Bytes ignored = buffer.rest();
      quietSince = nanos.getAsLong();
      opened = true;
    }
  }

  /** Closes and makes a blocked call end. */
  void close() {
    opened = false;
    line.close();
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @return what answers it, or a refusal; nothing else
   */
  Frame exchange(MeterDevice device, MeterRequest request)
      throws DeviceSilentException, EndpointDownException {
    awaitTurn(device);
    long overdue = send(device, request) + timing.timeout();
    while (true) {
      Optional<Frame> answer = answer(request);
      if (answer.isPresent()) {
        return answer.get();
      }
      long left = overdue + (buffer.isEmpty() ? 0 : timing.finishing()) - nanos.getAsLong();
      if (left <= 0) {
        throw silent(device);
      }
      receive(left);
    }
  }

  /** Sends what nobody answers. */
  void tell(MeterDevice device, MeterRequest request)
      throws DeviceSilentException, EndpointDownException {
    awaitTurn(device);
    quietSince = send(device, request);
  }

  private void awaitTurn(MeterDevice device) throws DeviceSilentException, EndpointDownException {
    receive(0);
    long patience = nanos.getAsLong() + 2 * timing.timeout() + timing.gap();
    for (long left = untilTurn(device); left > 0; left = untilTurn(device)) {
      if (nanos.getAsLong() - patience > 0) {
        int ignored = discard();
        throw new DeviceSilentException(device + " was not asked: the line does not fall silent");
      }
      receive(left);
      showFrames();
    }
    int ignored = discard();
  }

  private long untilTurn(MeterDevice device) {
    long now = nanos.getAsLong();
    boolean owes = inVain != null && inVain.address().equals(device.address());
    return Math.max(owes ? owedUntil - now : 0, quietSince + timing.gap() - now);
  }

  /** Sends, and says when the last bit is out. */
  private long send(MeterDevice device, MeterRequest request) throws EndpointDownException {
    byte[] frame = request.frame().encode(device.wake());
    trace.frame(Kind.SENT, Bytes.of(frame));
    asked = request;
    try {
      line.write(frame);
    } catch (EndpointDownException e) {
      opened = false;
      throw e;
    }
    quietSince = nanos.getAsLong();
    return quietSince + timing.transmission(frame.length);
  }

  /** The answer, if it is there; what came before it is shown and thrown away. */
  private Optional<Frame> answer(MeterRequest request) {
    for (Optional<Received> next = buffer.next(); next.isPresent(); next = buffer.next()) {
      Received received = next.get();
      showNoise(received.noise());
      if (request.answeredBy(received.frame())) {
        trace.frame(received.frame().refusal() ? Kind.EXCEPTION : Kind.ANSWER, received.raw());
        inVain = request.equals(inVain) ? null : inVain;
        return Optional.of(received.frame());
      }
      show(received);
    }
    return Optional.empty();
  }

  private DeviceSilentException silent(MeterDevice device) {
    int bytes = discard();
    inVain = asked;
    quietSince = nanos.getAsLong();
    owedUntil = quietSince + timing.timeout();
    return new DeviceSilentException(
        bytes == 0
            ? device + " did not answer"
            : device + " gave no intact answer, only " + bytes + " bytes");
  }

  /** Throws away everything that came and says how many bytes were no frame. */
  private int discard() {
    showFrames();
    Bytes rest = buffer.rest();
    showNoise(rest);
    return rest.size();
  }

  private void showFrames() {
    for (Optional<Received> next = buffer.next(); next.isPresent(); next = buffer.next()) {
      showNoise(next.get().noise());
      show(next.get());
    }
  }

  private void showNoise(Bytes noise) {
    if (noise.size() > 0) {
      trace.frame(Kind.CORRUPT, noise);
    }
  }

  /** Shows a frame that answers nobody who waits. */
  private void show(Received received) {
    boolean owed = inVain != null && inVain.answeredBy(received.frame());
    boolean late = owed || (asked != null && asked.answeredBy(received.frame()));
    trace.frame(late ? Kind.LATE : Kind.FOREIGN, received.raw());
    inVain = owed ? null : inVain;
  }

  private void receive(long atMostNanos) throws EndpointDownException {
    try {
      byte[] more = line.receive(atMostNanos);
      if (more.length > 0) {
        quietSince = nanos.getAsLong();
        buffer.add(more);
      }
    } catch (EndpointDownException e) {
      opened = false;
      throw e;
    }
  }
}
