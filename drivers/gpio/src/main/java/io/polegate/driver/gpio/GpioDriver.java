package io.polegate.driver.gpio;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.Digital;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfigBuilder;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.library.gpiod.internal.GpioDException;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.PushSource;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.gpio.GpioSettings.Level;
import io.polegate.driver.gpio.GpioSettings.Mode;
import io.polegate.driver.gpio.GpioSettings.Pull;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lines of one chip. Thread rule of {@link Driver}; edges come on Pi4J's own threads, which end
 * with {@link #close()}.
 */
final class GpioDriver implements Driver, PushSource {
  private static final PushSource.Listener NOBODY = (point, sample) -> {};

  private final Board board;
  private final LongSupplier nanos;
  // what is known of a line outlives close: counters go on
  private final Map<Integer, GpioPoint> points = new ConcurrentHashMap<>();
  private final Map<Integer, Edges> edges = new ConcurrentHashMap<>();
  private final Map<Integer, Digital<?, ?, ?>> lines = new HashMap<>();
  private volatile Map<Integer, Point> reporting = Map.of();
  private volatile Listener listener = NOBODY;
  private volatile boolean wanted;
  private volatile @Nullable Context opened;

  GpioDriver(Board board, LongSupplier nanos) {
    this.board = board;
    this.nanos = nanos;
  }

  @Override
  public Point point(Settings device, Settings settings) throws InvalidSettingException {
    GpioPoint point = GpioPoint.of(settings);
    if (point.pull() != Pull.NONE && !board.pulls()) {
      throw new InvalidSettingException(
          "pull",
          "linuxfs cannot set it: remove it, and wire a resistor or set it in the device tree");
    }
    GpioPoint other = points.putIfAbsent(point.line(), point);
    if (other != null && !other.equals(point)) {
      throw new InvalidSettingException(
          "line", point.line() + " is set otherwise by another point: one line, one use");
    }
    return point;
  }

  /** Takes all lines at once, so that counters count from here on and outputs have their level. */
  @Override
  public void open() throws DriverException {
    if (opened != null) {
      return;
    }
    wanted = true;
    lines.clear();
    opened = board.open();
    if (!wanted) {
      close();
      throw new EndpointDownException("the GPIO chip was closed");
    }
    for (GpioPoint point : points.values()) {
      try {
        line(point);
      } catch (Refused e) {
        // that point alone is bad: read says why
      }
    }
  }

  @Override
  public List<Sample> read(List<Point> asked) throws DriverException {
    List<Sample> samples = new ArrayList<>();
    for (Point point : asked) {
      samples.add(sample((GpioPoint) point));
    }
    return samples;
  }

  @Override
  public void write(Point point, Value value) throws DriverException {
    GpioPoint target = (GpioPoint) point;
    if (target.mode() != Mode.OUTPUT || !(value instanceof Value.Bool on)) {
      throw new WriteRejectedException("only outputs are written, with true or false");
    }
    try {
      ((DigitalOutput) line(target)).state(state(target, on.value()));
    } catch (Refused | Pi4JException | GpioDException e) {
      throw new WriteRejectedException("line " + target.line() + ": " + reason(e), e);
    }
  }

  @Override
  public void subscribe(List<Point> asked, Listener to) throws DriverException {
    context();
    Map<Integer, Point> chosen = new HashMap<>();
    for (Point point : asked) {
      if (((GpioPoint) point).mode() != Mode.OUTPUT) {
        chosen.put(((GpioPoint) point).line(), point);
      }
    }
    reporting = Map.copyOf(chosen);
    listener = to;
  }

  /** Pi4J sets what is safe, lets go of all lines and waits for its threads. */
  @Override
  public void close() {
    wanted = false;
    Context closing = opened;
    opened = null;
    listener = NOBODY;
    if (closing != null && !closing.isShutdown()) {
      closing.shutdown();
    }
  }

  private Sample sample(GpioPoint point) throws DriverException {
    try {
      Digital<?, ?, ?> line = line(point);
      if (point.mode() == Mode.COUNTER) {
        return Sample.good(new Value.Int(edges(point).count()));
      }
      return Sample.good(new Value.Bool(line.state() == state(point, true)));
    } catch (Refused | Pi4JException | GpioDException e) {
      return Sample.bad(BadReason.DEVICE_REFUSED, "line " + point.line() + ": " + reason(e));
    }
  }

  /** The line, taken if it is not yet. */
  private Digital<?, ?, ?> line(GpioPoint point) throws DriverException, Refused {
    Context context = context();
    Digital<?, ?, ?> line = lines.get(point.line());
    if (line == null) {
      try {
        line = point.mode() == Mode.OUTPUT ? output(context, point) : input(context, point);
      } catch (RuntimeException e) {
        // Pi4J reports a line that is taken or missing by exceptions of several kinds
        throw new Refused(reason(e), e);
      }
      lines.put(point.line(), line);
    }
    return line;
  }

  private DigitalInput input(Context context, GpioPoint point) throws Refused {
    try {
      if (point.mode() == Mode.COUNTER && !board.tellsEdges(point.line())) {
        throw new Refused("has no interrupt and cannot count, write mode: input");
      }
    } catch (IOException e) {
      throw new Refused(reason(e), e);
    }
    DigitalInputConfig config =
        DigitalInput.newConfigBuilder(context)
            .id("line-" + point.line())
            .address(point.line())
            .pull(
                switch (point.pull()) {
                  case NONE -> PullResistance.OFF;
                  case UP -> PullResistance.PULL_UP;
                  case DOWN -> PullResistance.PULL_DOWN;
                })
            .debounce(0L)
            .build();
    return context.create(config).addListener(event -> changed(point, event.state()));
  }

  private DigitalOutput output(Context context, GpioPoint point) throws Refused {
    DigitalState start = state(point, point.start() == Level.ON);
    if (point.start() == Level.KEEP) {
      try {
        start = DigitalState.getState(board.level(point.line()));
      } catch (IOException e) {
        throw new Refused("its level cannot be known, write start: on or start: off", e);
      }
    }
    DigitalOutputConfigBuilder config =
        DigitalOutput.newConfigBuilder(context)
            .id("line-" + point.line())
            .address(point.line())
            .initial(start);
    if (point.safe() != Level.KEEP) {
      config.shutdown(state(point, point.safe() == Level.ON));
    }
    return context.create(config.build());
  }

  /** An edge, on Pi4J's thread. */
  private void changed(GpioPoint point, DigitalState state) {
    boolean counter = point.mode() == Mode.COUNTER;
    if (counter && (state == DigitalState.HIGH) != point.countsRising()) {
      return;
    }
    if (edges(point).edge(nanos.getAsLong()) && reporting.containsKey(point.line())) {
      Value value =
          counter
              ? new Value.Int(edges(point).count())
              : new Value.Bool(state == state(point, true));
      listener.sampled(point, Sample.good(value));
    }
  }

  private Edges edges(GpioPoint point) {
    return edges.computeIfAbsent(point.line(), line -> new Edges(point.debounceNanos()));
  }

  private Context context() throws EndpointDownException {
    Context context = opened;
    if (context == null) {
      throw new EndpointDownException("the GPIO chip is not open");
    }
    return context;
  }

  private static DigitalState state(GpioPoint point, boolean on) {
    return DigitalState.getState(on == point.activeHigh());
  }

  private static String reason(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return e instanceof Refused
        ? String.valueOf(e.getMessage())
        : String.valueOf(cause.getMessage());
  }

  /** One line cannot be had; the others can. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }

    Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
