package io.polegate.driver.modbus;

import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.FrameTrace;
import io.polegate.driver.modbus.Framing.OutOfStepException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Carries one request at a time to a unit and brings back the right answer or none. Thread rule as
 * for drivers.
 *
 * <p>What comes late must never become a value. Numbered answers are told apart by their number.
 * Without numbers, the wire has to be silent for the gap before each request, what came meanwhile
 * is thrown away, and a unit that let a request time out is asked again only when its late answer
 * has had another time-out to come.
 */
final class ModbusLink {
  private static final int BROADCAST = 0;

  private final Wire wire;
  private final Framing framing;
  private final LinkTiming timing;
  private final LongSupplier nanos;
  private final Inbox inbox;
  private final Map<Integer, Long> answerOwedUntil = new HashMap<>();
  private long quietSince;
  private volatile boolean down = true;

  ModbusLink(Wire wire, Framing framing, LinkTiming timing, LongSupplier nanos) {
    this.wire = wire;
    this.framing = framing;
    this.timing = timing;
    this.nanos = nanos;
    this.inbox = new Inbox(framing);
    this.quietSince = nanos.getAsLong();
  }

  /** See {@link FrameTrace#traceTo}. */
  void traceTo(FrameTrace.Listener listener) {
    inbox.traceTo(listener);
  }

  /** Opens; does nothing when open. */
  void open() throws EndpointDownException {
    wire.open();
    if (down) {
      inbox.clear();
      quietSince = nanos.getAsLong();
      down = false;
    }
  }

  /** Closes and makes a blocked call end. */
  void close() {
    down = true;
    wire.close();
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @return the right answer or a refusal, without unit and checksum; nothing else
   */
  byte[] exchange(int unit, ModbusRequest request)
      throws DeviceSilentException, EndpointDownException {
    try {
      awaitTurn(unit);
      send(unit, request);
      return awaitAnswer(unit, request);
    } catch (EndpointDownException e) {
      down = true;
      throw e;
    } catch (OutOfStepException e) {
      throw outOfStep(e);
    }
  }

  /** Sends a request that nobody answers, and waits until it has been obeyed. */
  void broadcast(ModbusRequest request) throws DeviceSilentException, EndpointDownException {
    try {
      awaitTurn(BROADCAST);
      send(BROADCAST, request);
    } catch (EndpointDownException e) {
      down = true;
      throw e;
    } catch (OutOfStepException e) {
      throw outOfStep(e);
    }
    pause(Duration.ofNanos(timing.turnaround() + timing.transmission(framing, request)));
  }

  /** Does nothing for a while but throw away what comes. */
  void pause(Duration time) throws EndpointDownException {
    long until = nanos.getAsLong() + time.toNanos();
    try {
      for (long left = time.toNanos(); left > 0; left = until - nanos.getAsLong()) {
        receive(left);
        inbox.discardFrames();
      }
      inbox.discard();
    } catch (EndpointDownException e) {
      down = true;
      throw e;
    } catch (OutOfStepException e) {
      throw outOfStep(e);
    }
  }

  /** How long a request and its answer occupy the wire when all goes well. */
  Duration usualTime(ModbusRequest request) {
    return timing.usual(framing, request);
  }

  private void awaitTurn(int unit)
      throws DeviceSilentException, EndpointDownException, OutOfStepException {
    if (wire.renew()) {
      inbox.clear();
    }
    receive(0);
    long patience = nanos.getAsLong() + timing.timeout() + timing.gap();
    for (long left = untilTurn(unit); left > 0; left = untilTurn(unit)) {
      if (nanos.getAsLong() - patience > 0) {
        inbox.discard();
        throw new DeviceSilentException(
            "unit " + unit + " was not asked: the line does not fall silent");
      }
      receive(left);
      inbox.discardFrames();
    }
    inbox.discard();
  }

  private long untilTurn(int unit) {
    long now = nanos.getAsLong();
    long owed = framing.numbered() ? 0 : answerOwedUntil.getOrDefault(unit, now) - now;
    return Math.max(owed, quietSince + timing.gap() - now);
  }

  private void send(int unit, ModbusRequest request) throws EndpointDownException {
    wire.write(inbox.ask(unit, request));
    quietSince = nanos.getAsLong();
  }

  private byte[] awaitAnswer(int unit, ModbusRequest request)
      throws DeviceSilentException, EndpointDownException, OutOfStepException {
    long deadline = nanos.getAsLong() + timing.timeout() + timing.transmission(framing, request);
    while (true) {
      long left = deadline - nanos.getAsLong();
      boolean more = receive(patience(request, left));
      // an answer of unknown length is over when the wire falls silent
      if (!more || !request.openEnded()) {
        Optional<byte[]> answer = inbox.answer();
        if (answer.isPresent()) {
          wire.answered(unit);
          return answer.get();
        }
      }
      if (left <= 0) {
        throw silent(unit);
      }
    }
  }

  private long patience(ModbusRequest request, long left) {
    return request.openEnded() && inbox.size() > 0 ? Math.min(left, timing.gap()) : left;
  }

  private DeviceSilentException silent(int unit) throws OutOfStepException {
    int bytes = inbox.size();
    inbox.giveUp();
    inbox.discard();
    quietSince = nanos.getAsLong();
    answerOwedUntil.put(unit, quietSince + timing.timeout());
    wire.silent(unit);
    return new DeviceSilentException(
        bytes == 0
            ? "unit " + unit + " did not answer"
            : "unit " + unit + " gave no intact answer, only " + bytes + " bytes");
  }

  /** Whether something came. */
  private boolean receive(long atMostNanos) throws EndpointDownException {
    byte[] more = wire.receive(atMostNanos);
    if (more.length > 0) {
      quietSince = nanos.getAsLong();
      inbox.add(more);
    }
    return more.length > 0;
  }

  private EndpointDownException outOfStep(OutOfStepException cause) {
    inbox.discardBroken();
    close();
    return new EndpointDownException(String.valueOf(cause.getMessage()), cause);
  }
}
