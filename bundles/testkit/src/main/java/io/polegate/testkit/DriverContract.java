package io.polegate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every driver must do, whatever it speaks. A driver's test class extends this and says what
 * there is to read; the endpoint must be there before each test. Drivers with an endpoint that can
 * break extend {@link EndpointContract}.
 */
public abstract class DriverContract {
  /** Far beyond any time-out used in a test: who reaches it hangs. */
  protected static final Duration HANGS = Duration.ofSeconds(20);

  /** The factory under test. */
  protected abstract DriverFactory factory();

  /**
   * Settings of a bus that works.
   *
   * @param timeout what a silent device costs, for drivers that have such a setting
   */
  protected abstract Settings bus(Duration timeout);

  /** Settings of a device that answers. */
  protected abstract Settings device();

  /** Settings of a device that does not answer. */
  protected abstract Settings silentDevice();

  /** At least three points of {@link #device()} that can be read and what they hold, in order. */
  protected abstract Map<Settings, Value> readable();

  /** A point of {@link #device()} that is well-formed and has no value. */
  protected abstract Settings refused();

  /** Wrong settings of a point, by the key that is wrong. */
  protected abstract Map<String, Settings> wrong();

  /** A point of {@link #device()} that can be written, and read or {@link #held}. */
  protected abstract Settings writable();

  /** Two different values that {@link #writable()} can have; one if it takes no other. */
  protected abstract List<Value> fitting();

  /** Values of the right type that {@link #writable()} cannot have; may be empty. */
  protected abstract List<Value> tooLarge();

  /** A value of another type than {@link #writable()}. */
  protected abstract Value wrongType();

  /**
   * What {@link #writable()} holds now. Read back unless overridden, for a point that is only
   * written: then what the simulated device was told.
   */
  protected Sample held(Driver driver, Point point) throws Exception {
    return driver.read(List.of(point)).get(0);
  }

  /** A driver on {@link #bus}. */
  protected final Driver driver(Duration timeout) throws InvalidSettingException {
    Settings bus = bus(timeout);
    assertThat(factory().busSettings().check(bus)).isEmpty();
    return factory().create(bus);
  }

  /** A driver whose time-out plays no role. */
  protected final Driver driver() throws InvalidSettingException {
    return driver(Duration.ofSeconds(2));
  }

  /** Parses a point after the schemas had their say. */
  protected final Point point(Driver driver, Settings device, Settings point)
      throws InvalidSettingException {
    assertThat(factory().deviceSettings().check(device)).isEmpty();
    assertThat(factory().pointSettings().check(point)).isEmpty();
    return driver.point(device, point);
  }

  /** The points of {@link #readable()}. */
  protected final List<Point> readablePoints(Driver driver) throws InvalidSettingException {
    List<Point> points = new ArrayList<>();
    for (Settings settings : readable().keySet()) {
      points.add(point(driver, device(), settings));
    }
    return points;
  }

  /** The samples of {@link #readable()}. */
  protected final List<Sample> readableSamples() {
    return readable().values().stream().map(Sample::good).toList();
  }

  @Test
  public void aWrongAddressIsRefusedByKeyOnADriverThatWasNeverOpened() throws Exception {
    try (Driver driver = driver()) {
      wrong()
          .forEach(
              (key, settings) ->
                  assertThatThrownBy(() -> driver.point(device(), settings))
                      .isInstanceOfSatisfying(
                          InvalidSettingException.class,
                          e -> {
                            assertThat(e.key()).isEqualTo(key);
                            assertThat(e.getMessage()).isNotBlank();
                          }));
    }
  }

  @Test
  public void readGivesOneSamplePerPointInTheOrderAsked() throws Exception {
    try (Driver driver = driver()) {
      List<Point> points = readablePoints(driver);
      driver.open();
      assertThat(driver.read(points)).isEqualTo(readableSamples());
      List<Sample> reversed = new ArrayList<>(readableSamples());
      Collections.reverse(points);
      Collections.reverse(reversed);
      assertThat(driver.read(points)).isEqualTo(reversed);
    }
  }

  @Test
  public void valuesHaveTheTypeOfTheirPoint() throws Exception {
    try (Driver driver = driver()) {
      List<Point> points = readablePoints(driver);
      assertThat(points)
          .extracting(Point::type)
          .containsExactlyElementsOf(readable().values().stream().map(Value::type).toList());
      assertThat(points).allMatch(point -> point.access().readable());
    }
  }

  @Test
  public void readOfNoPointsIsEmpty() throws Exception {
    try (Driver driver = driver()) {
      driver.open();
      assertThat(driver.read(List.of())).isEmpty();
    }
  }

  @Test
  public void aPointAskedTwiceIsAnsweredTwice() throws Exception {
    try (Driver driver = driver()) {
      Point point = readablePoints(driver).get(0);
      driver.open();
      List<Sample> samples = driver.read(List.of(point, point));
      assertThat(samples).containsExactly(readableSamples().get(0), readableSamples().get(0));
    }
  }

  @Test
  public void aBadPointDoesNotFailItsNeighbours() throws Exception {
    try (Driver driver = driver()) {
      List<Point> points = readablePoints(driver);
      points.add(1, point(driver, device(), refused()));
      driver.open();
      List<Sample> samples = new ArrayList<>(driver.read(points));
      assertThat(samples.remove(1)).isInstanceOf(Sample.Bad.class);
      assertThat(samples).isEqualTo(readableSamples());
    }
  }

  @Test
  public void aSilentDeviceIsSaidToBeSilentAndItsNeighbourIsNot() throws Exception {
    try (Driver driver = driver(Duration.ofMillis(500))) {
      List<Point> points = readablePoints(driver);
      Point silent = point(driver, silentDevice(), readable().keySet().iterator().next());
      driver.open();
      assertTimeoutPreemptively(
          HANGS,
          () ->
              assertThatThrownBy(() -> driver.read(List.of(silent)))
                  .isInstanceOf(DeviceSilentException.class));
      assertThat(driver.read(points)).isEqualTo(readableSamples());
    }
  }

  @Test
  public void whatIsWrittenCanBeReadBack() throws Exception {
    try (Driver driver = driver()) {
      Point point = point(driver, device(), writable());
      assertThat(point.access().writable()).isTrue();
      driver.open();
      for (Value value : fitting()) {
        driver.write(point, value);
        assertThat(held(driver, point)).isEqualTo(Sample.good(value));
      }
    }
  }

  @Test
  public void writeRefusesAnotherTypeAndWhatDoesNotFit() throws Exception {
    try (Driver driver = driver()) {
      Point point = point(driver, device(), writable());
      driver.open();
      driver.write(point, fitting().get(0));
      List<Value> refused = new ArrayList<>(tooLarge());
      refused.add(wrongType());
      for (Value value : refused) {
        assertThatThrownBy(() -> driver.write(point, value))
            .as("writing %s", value)
            .isInstanceOf(WriteRejectedException.class);
      }
      assertThat(held(driver, point)).isEqualTo(Sample.good(fitting().get(0)));
    }
  }

  @Test
  public void openAndCloseMayBeCalledAgain() throws Exception {
    Driver driver = driver();
    driver.close();
    driver.open();
    driver.open();
    assertThat(driver.read(readablePoints(driver))).isEqualTo(readableSamples());
    driver.close();
    driver.close();
  }

  @Test
  public void noThreadIsLeftAfterClose() throws Exception {
    useOnce(); // libraries may start threads of their own once
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    useOnce();
    Await.until(
        "only the threads from before", () -> before.containsAll(threadsNotOfTheSimulator()));
  }

  private void useOnce() throws Exception {
    try (Driver driver = driver()) {
      driver.open();
      driver.read(readablePoints(driver));
    }
  }

  private static Set<Thread> threadsNotOfTheSimulator() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> thread.getName().startsWith("simulated-"));
    return threads;
  }
}
