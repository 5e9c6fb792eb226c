package io.polegate.driver.dlt645;

import io.polegate.api.serial.SerialLine;
import io.polegate.testkit.HandClock;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A line on which bytes come at foretold times; waiting for them turns the clock. */
final class FakeLine implements SerialLine {
  private final HandClock clock;
  private final NavigableMap<Long, byte[]> coming = new TreeMap<>();
  private final List<byte[]> sent = new ArrayList<>();
  private Map<Duration, byte[]> answers = Map.of();

  FakeLine(HandClock clock) {
    this.clock = clock;
  }

  /** This comes so long after now. */
  FakeLine later(Duration delay, byte[] bytes) {
    coming.merge(now() + delay.toNanos(), bytes, FakeLine::joined);
    return this;
  }

  /** This comes after each request. */
  void answering(Map<Duration, byte[]> parts) {
    answers = Map.copyOf(parts);
  }

  List<byte[]> sent() {
    return sent;
  }

  @Override
  public void open() {}

  @Override
  public void write(byte[] bytes) {
    sent.add(bytes.clone());
    answers.forEach(this::later);
  }

  @Override
  public byte[] receive(long atMostNanos) {
    long until = now() + Math.max(0, atMostNanos);
    if (coming.isEmpty() || coming.firstKey() > until) {
      clock.advance(Duration.ofNanos(until - now()));
      return new byte[0];
    }
    clock.advance(Duration.ofNanos(Math.max(0, coming.firstKey() - now())));
    byte[] come = new byte[0];
    while (!coming.isEmpty() && coming.firstKey() <= now()) {
      come = joined(come, coming.pollFirstEntry().getValue());
    }
    return come;
  }

  @Override
  public void close() {}

  private long now() {
    return clock.monotonic().getAsLong();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }
}
