package io.polegate.driver.gpio;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputBase;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import java.nio.file.Files;
import java.nio.file.Path;

/** Outputs in sysfs. They stay exported for ever, because the kernel resets what is given back. */
final class SysfsOutputs extends DigitalOutputProviderBase {
  private final Sysfs sysfs;

  SysfsOutputs(Sysfs sysfs) {
    super("sysfs-outputs");
    this.sysfs = sysfs;
  }

  @Override
  public DigitalOutput create(DigitalOutputConfig config) {
    Output output = new Output(config);
    context.registry().add(output);
    return output;
  }

  private final class Output extends DigitalOutputBase {
    private Path pin = Path.of("");

    Output(DigitalOutputConfig config) {
      super(SysfsOutputs.this, config);
    }

    @Override
    public DigitalOutput initialize(Context context) throws InitializeException {
      try {
        pin = sysfs.take(config().address());
        if (Files.exists(pin.resolve("edge"))) {
          // a line whose edges are told cannot become an output
          sysfs.write(pin.resolve("edge"), "none");
        }
        return super.initialize(context);
      } catch (java.io.IOException | IOException e) {
        throw new InitializeException(e);
      }
    }

    /** Direction and level in one, which the kernel documents as free of glitches. */
    @Override
    public DigitalOutput state(DigitalState state) {
      try {
        sysfs.write(pin.resolve("direction"), state.isHigh() ? "high" : "low");
      } catch (java.io.IOException e) {
        throw new IOException(e);
      }
      return super.state(state);
    }
  }
}
