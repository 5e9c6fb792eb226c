package io.polegate.console;

import io.polegate.api.data.Bytes;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.driver.Browse;
import io.polegate.api.driver.FrameTrace;
import io.polegate.api.settings.Settings;
import io.polegate.api.tools.BusTools;
import io.polegate.api.tools.Scan;
import io.polegate.api.tools.TracedFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tools of a pole with one bus, {@code lan}. Thread-safe. */
final class FakeTools implements BusTools {
  private final List<String> asked = new ArrayList<>();
  private final List<CompletableFuture<?>> waiting = new ArrayList<>();
  private Optional<Throwable> failure = Optional.empty();
  private boolean answering = true;
  private Optional<FakeScan> scan = Optional.empty();

  /** A scan that found one device and goes on until it is stopped. */
  static final class FakeScan implements Scan {
    private State state = State.RUNNING;

    @Override
    public synchronized Progress progress() {
      Settings bus = new Settings(Map.of("port", "/dev/ttyS1", "baud", "9600"));
      Found found = new Found(bus, new Settings(Map.of("unit", "3")), "exception 2");
      return new Progress(state, 7, 40, Duration.ofSeconds(12), List.of(found), "");
    }

    @Override
    public synchronized void stop() {
      state = State.STOPPED;
    }
  }

  synchronized void reset() {
    asked.clear();
    failure = Optional.empty();
    answering = true;
    waiting.forEach(answer -> answer.cancel(false));
    waiting.clear();
    scan = Optional.empty();
  }

  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /** Requests from now on fail with this. */
  synchronized void failWith(Throwable problem) {
    failure = Optional.of(problem);
  }

  /** Requests from now on never end. */
  synchronized void stopAnswering() {
    answering = false;
  }

  private <T> CompletionStage<T> answer(T answer) {
    if (failure.isPresent()) {
      return CompletableFuture.failedStage(failure.get());
    }
    CompletableFuture<T> given = new CompletableFuture<>();
    if (answering) {
      given.complete(answer);
    } else {
      waiting.add(given);
    }
    return given;
  }

  private static void requireKnown(String bus) {
    if (!bus.equals("lan")) {
      throw new UnknownNameException("there is no bus \"" + bus + "\" in operation");
    }
  }

  @Override
  public List<TracedFrame> trace(String bus) {
    requireKnown(bus);
    SampleTime time = new SampleTime(Instant.ofEpochMilli(1793534400000L), TimeQuality.TRUSTED);
    return List.of(
        new TracedFrame(time, "lamp-1", FrameTrace.Kind.SENT, Bytes.ofHex("010300000001840a")));
  }

  @Override
  public synchronized CompletionStage<Bytes> request(String bus, Settings device, Bytes request) {
    requireKnown(bus);
    asked.add(device.texts() + " " + request.toHex());
    return answer(Bytes.ofHex("030200ff"));
  }

  @Override
  public synchronized CompletionStage<List<Browse.Node>> browse(String bus, String node) {
    requireKnown(bus);
    asked.add("browse " + node);
    Settings point = new Settings(Map.of("node", "ns=2;s=温度"));
    return answer(List.of(new Browse.Node("ns=2;s=温度", "温度", point, false)));
  }

  @Override
  public synchronized Optional<Scan> scan(String driver, Settings known) {
    if (!driver.equals("modbus-rtu")) {
      throw new UnknownNameException("there is no driver \"" + driver + "\" that scans");
    }
    if (scan.filter(there -> there.progress().state() == Scan.State.RUNNING).isPresent()) {
      return Optional.empty();
    }
    asked.add("scan " + known.texts());
    FakeScan started = new FakeScan();
    scan = Optional.of(started);
    return Optional.of(started);
  }

  @Override
  public synchronized Optional<Scan> lastScan() {
    return scan.map(Scan.class::cast);
  }
}
