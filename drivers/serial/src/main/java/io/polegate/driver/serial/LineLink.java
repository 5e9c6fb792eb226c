package io.polegate.driver.serial;

import io.polegate.api.data.Bytes;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.driver.FrameTrace.Kind;
import io.polegate.api.serial.SerialLine;
import io.polegate.driver.serial.Line.Judge;
import io.polegate.driver.serial.LineBuffer.Part;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A serial line with one request in flight.
 *
 * <p>What comes late must never become a value, and most answers of text protocols carry no
 * address. So the line has to be silent for the gap before each request, what came meanwhile is
 * thrown away, and after a time-out nobody is asked until the late answer came or had another
 * time-out to come.
 */
final class LineLink {
  /** The system keeps no more of what nobody reads, and drops what comes then (N_TTY). */
  private static final int KEPT_BY_SYSTEM = 4095;

  private final LineRules rules;
  private final SerialLine line;
  private final LongSupplier nanos;
  private final LineBuffer buffer;
  private volatile boolean opened;
  private long busyUntil;
  private long heardUntil;
  private long owedUntil;
  private @Nullable Judge owed;
  private String unfit = "";
  private FrameTrace.Listener trace = (kind, frame) -> {};

  LineLink(LineRules rules, SerialLine line, LongSupplier nanos) {
    this.rules = rules;
    this.line = line;
    this.nanos = nanos;
    this.buffer = new LineBuffer(rules.lineEnd().toArray(), rules.maxLength());
  }

  void traceTo(FrameTrace.Listener listener) {
    trace = listener;
  }

  void open() throws EndpointDownException {
    if (opened) {
      return;
    }
    line.open();
    buffer.clear(false);
    busyUntil = nanos.getAsLong();
    heardUntil = busyUntil;
    owed = null;
    opened = true;
  }

  void close() {
    opened = false;
    line.close();
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @param content with checksum, without end
   * @param who the device, for messages
   * @return an answer or a refusal
   */
  Line exchange(byte[] content, Judge judge, String who) throws DriverException {
    long deadline = send(content, judge, who);
    long extra = rules.maxLength() * rules.characterNanos();
    long sent = nanos.getAsLong();
    while (true) {
      Optional<Line> answer = next(judge, false);
      if (answer.isPresent()) {
        return answer.get();
      }
      // a line that has begun may be finished
      long left = deadline + (busyUntil - sent > 0 ? extra : 0) - nanos.getAsLong();
      if (left <= 0) {
        throw silent(judge, who);
      }
      take(Math.min(left, rules.gapNanos()));
    }
  }

  /**
   * Sends and does not wait; whatever the device answers all the same is thrown away.
   *
   * @param anything takes every intact line
   */
  void tell(byte[] content, Judge anything, String who) throws DriverException {
    owedUntil = send(content, anything, who);
    owed = anything;
  }

  /** Sends, and says when the answer will be overdue. */
  private long send(byte[] content, Judge judge, String who) throws DriverException {
    awaitSilence(judge, who);
    Bytes end = rules.sendEnd();
    byte[] frame = Arrays.copyOf(content, content.length + end.size());
    System.arraycopy(end.toArray(), 0, frame, content.length, end.size());
    trace.frame(Kind.SENT, Bytes.of(frame));
    unfit = "";
    try {
      line.write(frame);
    } catch (EndpointDownException e) {
      opened = false;
      throw e;
    }
    busyUntil = nanos.getAsLong();
    return busyUntil + rules.timeoutNanos() + frame.length * rules.characterNanos();
  }

  /**
   * Before the first {@link #hear}: throws away what came since the last time if it may be too old.
   *
   * @param maxAgeNanos how old a line may be
   * @param checked whether a checksum shows that two halves of different lines were joined
   */
  void listen(long maxAgeNanos, boolean checked, Judge judge) throws DriverException {
    boolean old = nanos.getAsLong() - heardUntil > maxAgeNanos;
    if (checked) {
      buffer.trustBeginning();
    } else {
      buffer.clear(false);
    }
    boolean lost = take(0) >= KEPT_BY_SYSTEM;
    if (old || lost) {
      while (next(judge, true).isPresent()) {
        // thrown away
      }
    }
    if (lost) {
      buffer.clear(false);
    }
    unfit = "";
  }

  /**
   * The next line that was wanted.
   *
   * @param atMostNanos longest wait for it
   * @return empty if none came
   */
  Optional<Line> hear(long atMostNanos, Judge judge) throws DriverException {
    long deadline = nanos.getAsLong() + atMostNanos;
    for (boolean looked = false; ; looked = true) {
      Optional<Line> heard = next(judge, false);
      long left = deadline - nanos.getAsLong();
      if (heard.isPresent() || (looked && left <= 0)) {
        heardUntil = nanos.getAsLong();
        return heard;
      }
      take(Math.max(0, Math.min(left, rules.gapNanos())));
    }
  }

  /** The monotonic clock. */
  long now() {
    return nanos.getAsLong();
  }

  /** What came instead of what was wanted, for a message. */
  String unfit() {
    return unfit;
  }

  /** The next line in the buffer that answers; others are shown and thrown away. */
  private Optional<Line> next(Judge judge, boolean late) {
    while (true) {
      Optional<Part> part = buffer.next();
      if (part.isEmpty()) {
        return Optional.empty();
      }
      if (part.get().state() == Part.State.CUT) {
        continue; // not the line's fault, so it is not counted as corrupt
      }
      byte[] bytes = part.get().bytes();
      boolean whole = part.get().state() == Part.State.WHOLE;
      Line looked = whole ? judge.look(bytes) : new Line(Kind.CORRUPT, "");
      trace.frame(looked.answers() && late ? Kind.LATE : looked.kind(), Bytes.of(bytes));
      if (looked.answers()) {
        return Optional.of(looked);
      }
      unfit = whole ? "\"" + Field.shown(looked.text()) + "\"" : bytes.length + " bytes of noise";
    }
  }

  /** Throws away what comes until the line is silent and owes nothing. */
  private void awaitSilence(Judge judge, String who) throws DriverException {
    long patience = nanos.getAsLong() + 2 * rules.timeoutNanos() + rules.gapNanos();
    while (nanos.getAsLong() - busyUntil < rules.gapNanos() || owed(judge)) {
      take(rules.gapNanos());
      if (nanos.getAsLong() - patience > 0) {
        throw new DeviceSilentException(
            who + " was not asked: \"" + rules.port() + "\" does not fall silent");
      }
    }
    take(0);
    while (next(judge, true).isPresent()) {
      // thrown away
    }
    showRest();
    buffer.clear(true);
    owed = null;
  }

  /** Whether an earlier answer may still come. */
  private boolean owed(Judge judge) {
    Judge earlier = owed == null ? judge : owed;
    if (next(earlier, true).isPresent()) {
      owed = null;
    }
    return owed != null && nanos.getAsLong() - owedUntil < 0;
  }

  private DeviceSilentException silent(Judge judge, String who) {
    String rest = showRest();
    owed = judge;
    owedUntil = nanos.getAsLong() + rules.timeoutNanos();
    String came = unfit.isEmpty() ? rest : unfit;
    return new DeviceSilentException(
        came.isEmpty() ? who + " did not answer" : who + " gave no answer that fits, only " + came);
  }

  private String showRest() {
    byte[] rest = buffer.rest();
    if (rest.length == 0) {
      return "";
    }
    trace.frame(Kind.CORRUPT, Bytes.of(rest));
    return rest.length + " bytes without an end";
  }

  /** Takes what has come, as soon as there is something; says how many bytes. */
  private int take(long atMostNanos) throws EndpointDownException {
    try {
      byte[] bytes = line.receive(atMostNanos);
      if (bytes.length > 0) {
        busyUntil = nanos.getAsLong();
        buffer.add(bytes);
      } else if (nanos.getAsLong() - busyUntil >= rules.gapNanos()) {
        buffer.pause();
      }
      return bytes.length;
    } catch (EndpointDownException e) {
      opened = false;
      throw e;
    }
  }
}
