package io.polegate.driver.gpio;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/**
 * Inputs in sysfs, watched by one thread of Pi4J: at an edge the kernel says that the file of the
 * level was modified. Ends, and closes the watch, with the context.
 */
final class SysfsInputs extends DigitalInputProviderBase {
  private final Sysfs sysfs;
  private final WatchService edges;
  private final Map<WatchKey, SysfsInput> inputs = new ConcurrentHashMap<>();

  SysfsInputs(Sysfs sysfs, WatchService edges) {
    super("sysfs-inputs");
    this.sysfs = sysfs;
    this.edges = edges;
  }

  @Override
  public DigitalInputProvider initialize(Context context) throws InitializeException {
    DigitalInputProvider initialized = super.initialize(context);
    Future<?> unused = context.submitTask(this::tell);
    return initialized;
  }

  @Override
  public DigitalInput create(DigitalInputConfig config) {
    SysfsInput input = new SysfsInput(this, config, sysfs);
    context.registry().add(input);
    return input;
  }

  @Override
  public DigitalInputProvider shutdown(Context context) throws ShutdownException {
    try {
      edges.close();
    } catch (IOException e) {
      throw new ShutdownException(e);
    }
    return super.shutdown(context);
  }

  /** Looks at the input whenever something in its folder was modified. */
  void watch(Path pin, SysfsInput input) throws IOException {
    inputs.put(pin.register(edges, StandardWatchEventKinds.ENTRY_MODIFY), input);
  }

  private void tell() {
    try {
      while (true) {
        WatchKey key = edges.take();
        key.pollEvents();
        // before the look, so that what comes during it is not lost
        key.reset();
        SysfsInput input = inputs.get(key);
        if (input != null) {
          input.look();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ClosedWatchServiceException e) {
      // the context was shut down
    }
  }
}
