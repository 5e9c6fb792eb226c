package io.polegate.driver.gpio;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** An input in sysfs. Looked at by the thread of {@link SysfsInputs}, read by any. */
final class SysfsInput extends DigitalInputBase {
  private final SysfsInputs inputs;
  private final Sysfs sysfs;
  private Path value = Path.of("");
  private InputStream held = InputStream.nullInputStream();
  private DigitalState told = DigitalState.UNKNOWN;

  SysfsInput(SysfsInputs inputs, DigitalInputConfig config, Sysfs sysfs) {
    super(inputs, config);
    this.inputs = inputs;
    this.sysfs = sysfs;
  }

  @Override
  public DigitalInput initialize(Context context) throws InitializeException {
    try {
      Path pin = sysfs.take(config().address());
      value = pin.resolve("value");
      sysfs.write(pin.resolve("direction"), "in");
      if (Files.exists(pin.resolve("edge"))) {
        sysfs.write(pin.resolve("edge"), "both");
      }
      inputs.watch(pin, this);
      // the kernel reports only modifications of files that it has in memory
      held = Files.newInputStream(value);
      synchronized (this) {
        told = level();
      }
    } catch (IOException e) {
      throw new InitializeException(e);
    }
    return super.initialize(context);
  }

  /** Tells a level that differs from the one told before; a whole pulse in between is not seen. */
  synchronized void look() {
    try {
      DigitalState now = level();
      if (now != told) {
        told = now;
        dispatch(new DigitalStateChangeEvent<DigitalInput>(this, now));
      }
    } catch (IOException e) {
      // the next poll says so
    }
  }

  /** The level now; does not count as told, so that a poll takes no edge away. */
  @Override
  public DigitalState state() {
    try {
      return level();
    } catch (IOException e) {
      throw new com.pi4j.io.exception.IOException(e);
    }
  }

  @Override
  public DigitalInput shutdown(Context context) throws ShutdownException {
    super.shutdown(context);
    try {
      held.close();
      sysfs.giveBack(config().address());
    } catch (IOException e) {
      throw new ShutdownException(e);
    }
    return this;
  }

  private DigitalState level() throws IOException {
    String text = Files.readString(value).strip();
    return switch (text) {
      case "0" -> DigitalState.LOW;
      case "1" -> DigitalState.HIGH;
      default -> throw new IOException("no level in \"" + value + "\": \"" + text + "\"");
    };
  }
}
