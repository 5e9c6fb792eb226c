package io.polegate.driver.gpio;

import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import io.polegate.driver.gpio.GpioSettings.Backend;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Pins of the board: {@code driver: gpio}. Thread-safe. */
@Component
public final class GpioFactory implements DriverFactory {

  private final BiFunction<Backend, Path, Board> boards;

  /** The machine that this runs on; native parts are loaded when a driver is opened. */
  @Activate
  public GpioFactory() {
    this(GpioFactory::board);
  }

  GpioFactory(BiFunction<Backend, Path, Board> boards) {
    this.boards = boards;
  }

  @Override
  public String name() {
    return "gpio";
  }

  @Override
  public Schema busSettings() {
    return GpioSettings.BUS;
  }

  @Override
  public Schema deviceSettings() {
    return GpioSettings.DEVICE;
  }

  @Override
  public Schema pointSettings() {
    return GpioSettings.POINT;
  }

  @Override
  public Optional<Endpoint> endpoint(Settings bus) throws InvalidSettingException {
    return Optional.of(new Endpoint("gpio " + bus.get(GpioSettings.CHIP), false));
  }

  @Override
  public Driver create(Settings bus) throws InvalidSettingException {
    Board board = boards.apply(bus.get(GpioSettings.BACKEND), Path.of(bus.get(GpioSettings.CHIP)));
    return new GpioDriver(board, System::nanoTime);
  }

  private static Board board(Backend backend, Path chip) {
    Sysfs sysfs = new Sysfs(Path.of("/sys"), chip);
    return switch (backend) {
      case GPIOD -> new RaspberryBoard(chip, System.getProperty("os.arch", ""), sysfs);
      case LINUXFS -> new SysfsBoard(sysfs);
    };
  }
}
