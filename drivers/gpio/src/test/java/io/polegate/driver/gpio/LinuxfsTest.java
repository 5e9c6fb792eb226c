package io.polegate.driver.gpio;

import static io.polegate.driver.gpio.GpioTest.bool;
import static io.polegate.driver.gpio.GpioTest.count;
import static io.polegate.driver.gpio.GpioTest.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.Await;
import io.polegate.testkit.DriverContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backend linuxfs on a copy of the shape of sysfs; edges come by inotify, as on a board. */
class LinuxfsTest extends DriverContract {
  private static final Settings DOOR = settings("line", "17", "mode", "input", "active", "low");
  private static final Settings LAMP = settings("line", "6", "mode", "output");
  private static final Settings RAIN = settings("line", "5", "mode", "counter");

  @TempDir Path folder = Path.of("");
  private FakeKernel kernel;

  @BeforeEach
  void boot() throws IOException {
    kernel = new FakeKernel(folder).set(22, true).set(17, true).drive(4, true);
  }

  @Override
  protected DriverFactory factory() {
    return new GpioFactory((backend, chip) -> new SysfsBoard(kernel.sysfs()));
  }

  @Override
  protected Settings bus(Duration timeout) {
    return settings("backend", "linuxfs");
  }

  @Override
  protected Settings device() {
    return Settings.NONE;
  }

  @Override
  protected Settings silentDevice() {
    return Settings.NONE;
  }

  @Override
  protected Map<Settings, Value> readable() {
    Map<Settings, Value> points = new LinkedHashMap<>();
    points.put(settings("line", "22", "mode", "input"), new Value.Bool(true));
    points.put(DOOR, new Value.Bool(false));
    points.put(settings("line", "4", "mode", "output"), new Value.Bool(true));
    points.put(RAIN, new Value.Int(0));
    return points;
  }

  @Override
  protected Settings refused() {
    return settings("line", "" + FakeKernel.TAKEN, "mode", "input");
  }

  @Override
  protected Map<String, Settings> wrong() {
    return Map.of("pull", settings("line", "1", "mode", "input", "pull", "up"));
  }

  @Override
  protected Settings writable() {
    return LAMP;
  }

  @Override
  protected List<Value> fitting() {
    return List.of(new Value.Bool(true), new Value.Bool(false));
  }

  @Override
  protected List<Value> tooLarge() {
    return List.of();
  }

  @Override
  protected Value wrongType() {
    return new Value.Int(1);
  }

  /** A pin has no silence; what comes nearest is one that cannot be read any more. */
  @Test
  @Override
  public void aSilentDeviceIsSaidToBeSilentAndItsNeighbourIsNot() throws Exception {
    try (Driver driver = driver()) {
      List<Point> points = readablePoints(driver);
      driver.open();
      Files.writeString(kernel.pin(17).resolve("value"), "");
      List<Sample> samples = new ArrayList<>(driver.read(points));
      assertThat(samples.remove(1))
          .isInstanceOfSatisfying(
              Sample.Bad.class,
              bad -> assertThat(bad.reason()).isEqualTo(BadReason.DEVICE_REFUSED));
      assertThat(samples).allMatch(Sample.Good.class::isInstance);
    }
  }

  @Test
  void anInputIsGivenBackUnlessSomebodyElseHadIt() throws Exception {
    Path theirs = kernel.drive(17, true).pin(17);
    try (Driver driver = driver()) {
      Point ours = driver.point(device(), settings("line", "22", "mode", "input"));
      Point door = driver.point(device(), DOOR);
      driver.open();
      assertThat(driver.read(List.of(ours, door))).containsExactly(bool(true), bool(false));
      assertThat(kernel.pin(22)).exists();
    }
    assertThat(kernel.pin(22)).doesNotExist();
    assertThat(theirs).exists();
  }

  @Test
  void edgesAreReportedAndCountedAlsoAfterTheBusWasClosed() throws Exception {
    BlockingQueue<Sample> reported = new LinkedBlockingQueue<>();
    GpioDriver driver = (GpioDriver) driver();
    Point door = driver.point(device(), DOOR);
    Point rain = driver.point(device(), RAIN);
    for (int round = 1; round <= 3; round++) {
      driver.open();
      driver.subscribe(List.of(door, rain), (point, sample) -> reported.add(sample));
      kernel.set(17, false);
      assertThat(reported.poll(20, TimeUnit.SECONDS)).isEqualTo(bool(true));
      kernel.set(17, true);
      assertThat(reported.poll(20, TimeUnit.SECONDS)).isEqualTo(bool(false));
      kernel.set(5, true);
      assertThat(reported.poll(20, TimeUnit.SECONDS)).isEqualTo(count(round));
      kernel.set(5, false);
      assertThat(driver.read(List.of(rain))).containsExactly(count(round));
      driver.close();
    }
  }

  @Test
  void aPollTakesNoEdgeAway() throws Exception {
    try (GpioDriver driver = (GpioDriver) driver()) {
      Point door = driver.point(device(), DOOR);
      driver.open();
      BlockingQueue<Sample> reported = new LinkedBlockingQueue<>();
      driver.subscribe(List.of(door), (point, sample) -> reported.add(sample));
      for (int i = 0; i < 100; i++) {
        kernel.set(17, i % 2 != 0);
        assertThat(driver.read(List.of(door))).containsExactly(bool(i % 2 == 0));
        assertThat(reported.poll(20, TimeUnit.SECONDS)).isEqualTo(bool(i % 2 == 0));
      }
    }
  }

  @Test
  void aLineWithoutInterruptIsAnInputButNoCounter() throws Exception {
    String line = "" + FakeKernel.WITHOUT_INTERRUPT;
    for (int start = 0; start < 2; start++) {
      try (Driver driver = driver()) {
        Point counter = driver.point(device(), settings("line", line, "mode", "counter"));
        driver.open();
        assertThat(driver.read(List.of(counter)))
            .containsExactly(
                Sample.bad(
                    BadReason.DEVICE_REFUSED,
                    "line 52: has no interrupt and cannot count, write mode: input"));
      }
    }
    try (Driver driver = driver()) {
      Point input = driver.point(device(), settings("line", line, "mode", "input"));
      driver.open();
      kernel.set(FakeKernel.WITHOUT_INTERRUPT, true);
      assertThat(driver.read(List.of(input))).containsExactly(bool(true));
    }
  }

  @Test
  void aHundredRoundsLeaveNoThreadAndNoWatch() throws Exception {
    long before = watches();
    for (int round = 0; round < 100; round++) {
      try (Driver driver = driver()) {
        driver.point(device(), DOOR);
        driver.open();
      }
    }
    Await.until("no watch more than before", () -> watches() <= before);
  }

  @Test
  void aResistorThatCannotBeSetIsRefusedWithTheRemedy() throws Exception {
    try (Driver driver = driver()) {
      assertThatThrownBy(
              () -> driver.point(device(), settings("line", "1", "mode", "input", "pull", "up")))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("wire a resistor");
    }
  }

  @Test
  void aMachineWithoutGpioInSysfsSaysSo() throws Exception {
    Settings bus = settings("backend", "linuxfs", "chip", "/dev/gpiochip-of-nobody");
    try (Driver driver = new GpioFactory().create(bus)) {
      assertThatThrownBy(driver::open)
          .isInstanceOf(EndpointDownException.class)
          .hasMessageStartingWith("no ");
    }
    Files.delete(folder.resolve("bus/gpio/devices/gpiochip0"));
    try (Driver driver = driver()) {
      assertThatThrownBy(driver::open)
          .isInstanceOf(EndpointDownException.class)
          .hasMessageContaining("no GPIO chip");
      Files.delete(folder.resolve("class/gpio/export"));
      assertThatThrownBy(driver::open)
          .isInstanceOf(EndpointDownException.class)
          .hasMessageContaining("this kernel has no GPIO in sysfs");
    }
  }

  /** Inotify instances of this process; the kernel grants a user 128 by default. */
  private static long watches() {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(LinuxfsTest::isWatch).count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isWatch(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().equals("anon_inode:inotify");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }
}
