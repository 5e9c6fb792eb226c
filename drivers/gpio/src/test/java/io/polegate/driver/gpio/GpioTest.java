package io.polegate.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.io.gpio.digital.PullResistance;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.PushSource;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.DriverContract;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.SettingsTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GpioTest extends DriverContract {
  private static final Settings DOOR = settings("line", "17", "mode", "input", "active", "low");
  private static final Settings LAMP = settings("line", "6", "mode", "output");
  private static final Settings RAIN =
      settings("line", "5", "mode", "counter", "debounce", "300ms");

  private final HandClock clock = new HandClock();
  private final FakeBoard board = new FakeBoard().set(4, true).set(22, true).set(17, true);

  @Override
  protected DriverFactory factory() {
    return new GpioFactory((backend, chip) -> board);
  }

  @Override
  protected Settings bus(Duration timeout) {
    return Settings.NONE;
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
    return settings("line", "" + FakeBoard.TAKEN, "mode", "input");
  }

  @Override
  protected Map<String, Settings> wrong() {
    return Map.of(
        "line", settings("line", "512", "mode", "input"),
        "mode", settings("line", "1"),
        "start", settings("line", "1", "mode", "input", "start", "on"),
        "pull", settings("line", "1", "mode", "output", "pull", "up"),
        "debounce", settings("line", "1", "mode", "output", "debounce", "1ms"),
        "edge", settings("line", "1", "mode", "input", "edge", "falling"),
        "active", settings("line", "1", "mode", "counter", "active", "low"));
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
      board.fail(17);
      List<Sample> samples = new ArrayList<>(driver.read(points));
      assertThat(samples.remove(1))
          .isEqualTo(Sample.bad(BadReason.DEVICE_REFUSED, "line 17: input/output error"));
      assertThat(samples).allMatch(Sample.Good.class::isInstance);
    }
  }

  @Test
  void aLineThatIsTakenIsBadWithItsReason() throws Exception {
    try (Driver driver = driver()) {
      Point taken = point(driver, device(), refused());
      driver.open();
      assertThat(driver.read(List.of(taken)))
          .containsExactly(
              Sample.bad(BadReason.DEVICE_REFUSED, "line 99: device or resource busy"));
    }
  }

  @Test
  void oneLineHasOneUse() throws Exception {
    try (Driver driver = driver()) {
      driver.point(device(), LAMP);
      assertThatThrownBy(() -> driver.point(device(), settings("line", "6", "mode", "input")))
          .isInstanceOfSatisfying(
              InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo("line"));
    }
  }

  @Test
  void outputsKeepTheirLevelWithoutAGlitchWhenTheGatewayRestarts() throws Exception {
    for (boolean on : new boolean[] {true, false}) {
      board.set(6, on);
      for (int start = 0; start < 2; start++) {
        try (Driver driver = driver()) {
          Point lamp = point(driver, device(), LAMP);
          driver.open();
          assertThat(driver.read(List.of(lamp))).containsExactly(bool(on));
        }
        assertThat(board.level(6)).isEqualTo(on);
      }
      assertThat(board.driven).containsOnly("6=" + (on ? 1 : 0));
      board.driven.clear();
    }
  }

  @Test
  void startAndSafeLevelsAreDrivenWhereTheyAreWritten() throws Exception {
    Settings settings =
        settings("line", "6", "mode", "output", "active", "low", "start", "on", "safe", "off");
    board.set(6, true);
    try (Driver driver = driver()) {
      Point lamp = point(driver, device(), settings);
      driver.open();
      assertThat(board.level(6)).as("on is low").isFalse();
      assertThat(driver.read(List.of(lamp))).containsExactly(bool(true));
    }
    assertThat(board.level(6)).as("off is high").isTrue();
  }

  @Test
  void aCounterLosesNoPulseBetweenPollsAndGoesOnAfterTheEndpointWasGone() throws Exception {
    Driver driver = new GpioDriver(board, clock.monotonic());
    Point meter = driver.point(device(), settings("line", "5", "mode", "counter"));
    driver.open();
    for (int i = 0; i < 1000; i++) {
      board.pulse(5);
    }
    assertThat(driver.read(List.of(meter))).containsExactly(count(1000));
    driver.close();
    driver.open();
    board.pulse(5);
    assertThat(driver.read(List.of(meter))).containsExactly(count(1001));
    driver.close();
  }

  @Test
  void bouncesOfARainGaugeAreNotCountedAndShortPulsesAre() throws Exception {
    try (Driver driver = new GpioDriver(board, clock.monotonic())) {
      Point rain = driver.point(device(), RAIN);
      driver.open();
      board.pulse(5); // closes for less than the debounce time: a tip all the same
      clock.advance(Duration.ofMillis(100));
      board.pulse(5);
      clock.advance(Duration.ofMillis(199));
      board.pulse(5);
      assertThat(driver.read(List.of(rain))).containsExactly(count(1));
      clock.advance(Duration.ofMillis(1));
      board.pulse(5);
      assertThat(driver.read(List.of(rain))).containsExactly(count(2));
    }
  }

  @Test
  void aCounterCountsTheEdgeThatIsWritten() throws Exception {
    try (Driver driver = new GpioDriver(board, clock.monotonic())) {
      Point meter =
          driver.point(
              device(), settings("line", "5", "mode", "counter", "edge", "falling", "pull", "up"));
      driver.open();
      assertThat(board.config(5).pull()).isEqualTo(PullResistance.PULL_UP);
      board.edge(5, true);
      assertThat(driver.read(List.of(meter))).containsExactly(count(0));
      board.edge(5, false);
      assertThat(driver.read(List.of(meter))).containsExactly(count(1));
    }
  }

  @Test
  void edgesAreReportedAtOnceUntilTheDriverIsClosed() throws Exception {
    List<Sample> reported = Collections.synchronizedList(new ArrayList<>());
    try (GpioDriver driver = new GpioDriver(board, clock.monotonic())) {
      Point door = driver.point(device(), DOOR);
      Point rain = driver.point(device(), RAIN);
      Point silent = driver.point(device(), settings("line", "22", "mode", "input"));
      assertThatThrownBy(() -> driver.subscribe(List.of(door), (point, sample) -> {}))
          .isInstanceOf(EndpointDownException.class);
      driver.open();
      PushSource.Listener listener = (point, sample) -> reported.add(sample);
      driver.subscribe(List.of(door, rain, driver.point(device(), LAMP)), listener);
      board.edge(17, false);
      board.edge(17, true);
      board.pulse(5);
      board.edge(22, false);
      assertThat(reported).containsExactly(bool(true), bool(false), count(1));
      assertThat(driver.read(List.of(silent))).containsExactly(bool(false));
    }
    assertThat(reported).hasSize(3);
  }

  @Test
  void aDebouncedInputReportsTheFirstEdgeAndThePollTellsTheRest() throws Exception {
    List<Sample> reported = Collections.synchronizedList(new ArrayList<>());
    try (GpioDriver driver = new GpioDriver(board, clock.monotonic())) {
      Point button =
          driver.point(device(), settings("line", "7", "mode", "input", "debounce", "50ms"));
      driver.open();
      driver.subscribe(List.of(button), (point, sample) -> reported.add(sample));
      board.edge(7, true);
      board.edge(7, false);
      assertThat(reported).containsExactly(bool(true));
      assertThat(driver.read(List.of(button))).containsExactly(bool(false));
    }
  }

  @Test
  void aClosedDriverSaysSoAndAChipThatIsGoneToo() throws Exception {
    try (Driver driver = driver()) {
      Point door = point(driver, device(), DOOR);
      assertThatThrownBy(() -> driver.read(List.of(door)))
          .isInstanceOf(EndpointDownException.class);
      board.vanish();
      assertThatThrownBy(driver::open).isInstanceOf(EndpointDownException.class);
    }
  }

  @Test
  void aChipBelongsToOneBus() throws Exception {
    assertThat(new GpioFactory().endpoint(settings("chip", "/dev/gpiochip4")))
        .contains(new Endpoint("gpio /dev/gpiochip4", false));
  }

  @Test
  void theTablesOfTheReadmeAreTheSettingsOfTheCode() throws Exception {
    SettingsTable.assertDocumented(Path.of("README.md"), "## Bus", new GpioFactory().busSettings());
    SettingsTable.assertDocumented(
        Path.of("README.md"), "## Point", new GpioFactory().pointSettings());
    assertThat(new GpioFactory().deviceSettings().settings()).isEmpty();
  }

  static Sample bool(boolean value) {
    return Sample.good(new Value.Bool(value));
  }

  static Sample count(long value) {
    return Sample.good(new Value.Int(value));
  }

  static Settings settings(String... pairs) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      texts.put(pairs[i], pairs[i + 1]);
    }
    return new Settings(texts);
  }
}
