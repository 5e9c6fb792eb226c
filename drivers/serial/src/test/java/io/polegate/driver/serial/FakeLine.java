package io.polegate.driver.serial;

import io.polegate.api.serial.SerialLine;
import io.polegate.testkit.HandClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A line on which bytes come at foretold times; waiting for them turns the clock. */
final class FakeLine implements SerialLine {
  private final HandClock clock;
  private final NavigableMap<Long, String> coming = new TreeMap<>();
  private final List<String> sent = new ArrayList<>();
  private String answer = "";

  FakeLine(HandClock clock) {
    this.clock = clock;
  }

  /** This comes so long after now. */
  FakeLine later(Duration delay, String text) {
    coming.merge(now() + delay.toNanos(), text, String::concat);
    return this;
  }

  /** This comes 1 ms after each request. */
  FakeLine answering(String text) {
    answer = text;
    return this;
  }

  List<String> sent() {
    return sent;
  }

  @Override
  public void open() {}

  @Override
  public void write(byte[] bytes) {
    sent.add(new String(bytes, StandardCharsets.ISO_8859_1));
    if (!answer.isEmpty()) {
      later(Duration.ofMillis(1), answer);
    }
  }

  @Override
  public byte[] receive(long atMostNanos) {
    long until = now() + Math.max(0, atMostNanos);
    if (coming.isEmpty() || coming.firstKey() > until) {
      clock.advance(Duration.ofNanos(until - now()));
      return new byte[0];
    }
    clock.advance(Duration.ofNanos(Math.max(0, coming.firstKey() - now())));
    StringBuilder text = new StringBuilder();
    while (!coming.isEmpty() && coming.firstKey() <= now()) {
      text.append(coming.pollFirstEntry().getValue());
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {}

  private long now() {
    return clock.monotonic().getAsLong();
  }
}
