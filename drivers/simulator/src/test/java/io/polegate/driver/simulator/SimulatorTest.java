package io.polegate.driver.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.DriverContract;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.SettingsTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorTest extends DriverContract {
  private final HandClock clock = new HandClock();

  @Override
  protected DriverFactory factory() {
    return new Simulator(clock.monotonic());
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
    return settings("failing", "silent");
  }

  @Override
  protected Map<Settings, Value> readable() {
    Map<Settings, Value> points = new LinkedHashMap<>();
    points.put(settings("signal", "constant", "initial", "4.5"), new Value.Real(4.5));
    points.put(settings("signal", "square", "type", "bool"), new Value.Bool(false));
    points.put(settings("signal", "counter", "type", "integer", "initial", "7"), new Value.Int(7));
    points.put(settings("signal", "register", "address", "a", "initial", "42"), new Value.Real(42));
    return points;
  }

  @Override
  protected Settings refused() {
    return settings("signal", "none");
  }

  @Override
  protected Map<String, Settings> wrong() {
    return Map.of(
        "signal", settings("signal", "triangle"),
        "address", settings("signal", "register"),
        "high", settings("signal", "sine", "low", "5", "high", "5"),
        "initial", settings("signal", "register", "address", "a", "initial", "101"));
  }

  @Override
  protected Settings writable() {
    return settings("signal", "register", "address", "level");
  }

  @Override
  protected List<Value> fitting() {
    return List.of(new Value.Real(12.5), new Value.Real(100));
  }

  @Override
  protected List<Value> tooLarge() {
    return List.of(new Value.Real(100.1), new Value.Real(-1));
  }

  @Override
  protected Value wrongType() {
    return new Value.Bool(true);
  }

  @ParameterizedTest
  @CsvSource({
    "sine,    50, 100, 50, 0, 50",
    "ramp,    0,  25,  50, 75, 0",
    "square,  0,  0,   100, 100, 0",
    "counter, 0,  0,   0, 0, 1",
  })
  void signalsMoveWithTheClock(
      String signal, double atStart, double quarter, double half, double threeQuarters, double full)
      throws Exception {
    try (Driver driver = driver()) {
      Point point = point(driver, device(), settings("signal", signal, "period", "40s"));
      List<Double> seen = new ArrayList<>();
      for (int i = 0; i <= 4; i++) {
        seen.add(Math.rint(real(driver, point)));
        clock.advance(Duration.ofSeconds(10));
      }
      assertThat(seen).containsExactly(atStart, quarter, half, threeQuarters, full);
    }
  }

  @Test
  void randomValuesRepeatWithTheirSeedAndStayInRange() throws Exception {
    List<Double> first = randomValues("1");
    assertThat(randomValues("1")).isEqualTo(first);
    assertThat(randomValues("2")).isNotEqualTo(first);
    assertThat(first).allMatch(value -> value >= 10 && value < 20).doesNotHaveDuplicates();
  }

  @Test
  void devicesOfAnotherNumberHaveTheirOwnRegisters() throws Exception {
    try (Driver driver = driver()) {
      Point one = point(driver, settings("unit", "1"), writable());
      Point same = point(driver, settings("unit", "1"), writable());
      Point other = point(driver, settings("unit", "2"), writable());
      driver.write(one, new Value.Real(30));
      assertThat(real(driver, same)).isEqualTo(30);
      assertThat(real(driver, other)).isZero();
    }
  }

  @Test
  void aRegisterKeepsItsValueOverCloseAndOpen() throws Exception {
    Settings onOff = settings("signal", "register", "address", "on", "type", "bool", "high", "1");
    Driver driver = driver();
    Point point = point(driver, device(), onOff);
    driver.write(point, new Value.Bool(true));
    driver.close();
    driver.open();
    assertThat(driver.read(List.of(point))).containsExactly(Sample.good(new Value.Bool(true)));
  }

  @Test
  void aRefusingDeviceRefusesReadsAndWrites() throws Exception {
    try (Driver driver = driver()) {
      Point point = point(driver, settings("failing", "refusing"), writable());
      assertThat(driver.read(List.of(point)))
          .first()
          .isInstanceOfSatisfying(
              Sample.Bad.class,
              bad -> assertThat(bad.reason()).isEqualTo(BadReason.DEVICE_REFUSED));
      assertThatThrownBy(() -> driver.write(point, new Value.Real(1)))
          .isInstanceOf(WriteRejectedException.class);
    }
  }

  @Test
  void aSilentDeviceDoesNotTakeWritesAndASignalIsReadOnly() throws Exception {
    try (Driver driver = driver()) {
      Point silent = point(driver, silentDevice(), writable());
      Point sine = point(driver, device(), settings("signal", "sine"));
      assertThatThrownBy(() -> driver.write(silent, new Value.Real(1)))
          .isInstanceOf(DeviceSilentException.class);
      assertThat(sine.access().writable()).isFalse();
      assertThatThrownBy(() -> driver.write(sine, new Value.Real(1)))
          .isInstanceOf(WriteRejectedException.class);
    }
  }

  @Test
  void theTablesOfTheReadmeAreTheSettingsOfTheCode() throws Exception {
    Path readme = Path.of("README.md");
    SettingsTable.assertDocumented(readme, "## Bus", factory().busSettings());
    SettingsTable.assertDocumented(readme, "## Device", factory().deviceSettings());
    SettingsTable.assertDocumented(readme, "## Point", factory().pointSettings());
  }

  private List<Double> randomValues(String seed) throws Exception {
    try (Driver driver = factory().create(settings("seed", seed))) {
      Settings settings = settings("signal", "random", "low", "10", "high", "20", "period", "1s");
      Point point = point(driver, device(), settings);
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        values.add(real(driver, point));
        clock.advance(Duration.ofSeconds(1));
      }
      return values;
    }
  }

  private static double real(Driver driver, Point point) throws Exception {
    Sample.Good sample = (Sample.Good) driver.read(List.of(point)).get(0);
    return ((Value.Real) sample.value()).value();
  }

  private static Settings settings(String... pairs) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      texts.put(pairs[i], pairs[i + 1]);
    }
    return new Settings(texts);
  }
}
