package io.polegate.driver.gpio;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutput;
import io.polegate.api.driver.EndpointDownException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A board whose pins are a map. Beyond Pi4J's mock it keeps levels when Pi4J ends, as hardware
 * does, tells edges on Pi4J's threads, as the real provider does, and has lines that are taken.
 */
final class FakeBoard implements Board {
  static final int TAKEN = 99;

  /** Every level that was ever driven, as {@code line=level}. */
  final List<String> driven = new ArrayList<>();

  private final Map<Integer, Boolean> levels = new ConcurrentHashMap<>();
  private final Map<Integer, FakeInput> inputs = new ConcurrentHashMap<>();
  private volatile int failing = -1;
  private volatile boolean gone;

  FakeBoard set(int line, boolean high) {
    levels.put(line, high);
    return this;
  }

  /** The line cannot be read any more. */
  void fail(int line) {
    failing = line;
  }

  void vanish() {
    gone = true;
  }

  DigitalInputConfig config(int line) {
    return input(line).config();
  }

  /** The level changes; returns when the driver was told. */
  void edge(int line, boolean high) {
    levels.put(line, high);
    CompletableFuture<Void> told = new CompletableFuture<>();
    input(line).edges.add(new Edge(high, told));
    told.join();
  }

  void pulse(int line) {
    edge(line, true);
    edge(line, false);
  }

  @Override
  public Context open() throws EndpointDownException {
    if (gone) {
      throw new EndpointDownException("no GPIO chip \"/dev/fake\"");
    }
    return Pi4J.newContextBuilder().add(new Inputs(), new Outputs()).build();
  }

  @Override
  public boolean level(int line) {
    return levels.getOrDefault(line, false);
  }

  private FakeInput input(int line) {
    FakeInput input = inputs.get(line);
    if (input == null) {
      throw new AssertionError("nobody holds line " + line);
    }
    return input;
  }

  private void check(int line) {
    if (line == TAKEN) {
      throw new IllegalStateException("device or resource busy");
    }
  }

  private record Edge(boolean high, CompletableFuture<Void> told) {}

  private final class Inputs extends DigitalInputProviderBase {
    Inputs() {
      super("fake-inputs");
    }

    @Override
    public DigitalInput create(DigitalInputConfig config) {
      check(config.address());
      FakeInput input = new FakeInput(this, config);
      context.registry().add(input);
      inputs.put(config.address(), input);
      return input;
    }
  }

  private final class Outputs extends DigitalOutputProviderBase {
    Outputs() {
      super("fake-outputs");
    }

    @Override
    public DigitalOutput create(DigitalOutputConfig config) {
      check(config.address());
      FakeOutput output = new FakeOutput(this, config);
      context.registry().add(output);
      return output;
    }
  }

  private final class FakeOutput extends MockDigitalOutput {
    FakeOutput(DigitalOutputProvider provider, DigitalOutputConfig config) {
      super(provider, config);
    }

    @Override
    public DigitalOutput state(DigitalState state) {
      driven.add(config().address() + "=" + (state.isHigh() ? 1 : 0));
      levels.put(config().address(), state.isHigh());
      return super.state(state);
    }
  }

  private final class FakeInput extends DigitalInputBase {
    private final BlockingQueue<Edge> edges = new LinkedBlockingQueue<>();

    FakeInput(DigitalInputProvider provider, DigitalInputConfig config) {
      super(provider, config);
    }

    @Override
    public DigitalInput initialize(Context context) {
      DigitalInput initialized = super.initialize(context);
      Future<?> unused = context.submitTask(this::tell);
      return initialized;
    }

    @Override
    public DigitalState state() {
      if (config().address() == failing) {
        throw new com.pi4j.io.exception.IOException("input/output error");
      }
      return DigitalState.getState(level(config().address()));
    }

    private void tell() {
      try {
        while (true) {
          Edge edge = edges.take();
          dispatch(new DigitalStateChangeEvent<>(this, DigitalState.getState(edge.high())));
          edge.told().complete(null);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
