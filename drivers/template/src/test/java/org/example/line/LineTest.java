package org.example.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.EndpointContract;
import io.polegate.testkit.Ports;
import io.polegate.testkit.SettingsTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every driver must do, and what is special about this one. */
final class LineTest extends EndpointContract {
  private LineServer server;

  @BeforeEach
  void start() throws IOException {
    serve(Ports.free());
  }

  private void serve(int port) throws IOException {
    server = new LineServer(port);
    server.values.putAll(
        Map.of("a/level", "42.5", "a/power", "-3", "a/total", "1e6", "a/odd", "warm"));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static Settings settings(String key, String value) {
    return new Settings(Map.of(key, value));
  }

  @Override
  protected DriverFactory factory() {
    return new LineFactory();
  }

  @Override
  protected Settings bus(Duration timeout) {
    return new Settings(
        Map.of(
            "host", "127.0.0.1",
            "port", String.valueOf(server.port()),
            "timeout", timeout.toMillis() + "ms"));
  }

  @Override
  protected Settings device() {
    return settings("station", "a");
  }

  @Override
  protected Settings silentDevice() {
    return settings("station", "mute");
  }

  @Override
  protected int requestsToTheSilentDevice() {
    return server.muted.get();
  }

  @Override
  protected Map<Settings, Value> readable() {
    Map<Settings, Value> readable = new LinkedHashMap<>();
    readable.put(settings("name", "level"), new Value.Real(42.5));
    readable.put(settings("name", "power"), new Value.Real(-3));
    readable.put(settings("name", "total"), new Value.Real(1_000_000));
    return readable;
  }

  @Override
  protected Settings refused() {
    return settings("name", "unheard-of");
  }

  @Override
  protected Map<String, Settings> wrong() {
    return Map.of("name", settings("name", "two words"));
  }

  @Override
  protected Settings writable() {
    return settings("name", "level");
  }

  @Override
  protected List<Value> fitting() {
    return List.of(new Value.Real(7), new Value.Real(-0.5));
  }

  @Override
  protected List<Value> tooLarge() {
    return List.of(new Value.Real(1_001));
  }

  @Override
  protected Value wrongType() {
    return new Value.Text("7");
  }

  @Override
  protected void breakEndpoint() throws IOException {
    server.close();
  }

  @Override
  protected void repairEndpoint() throws IOException {
    serve(server.port());
  }

  @Test
  void anAnswerThatComesTooLateIsNeverTakenForAnother() throws Exception {
    server.values.put("late/level", "13");
    try (Driver driver = driver(Duration.ofMillis(100))) {
      Point late = point(driver, settings("station", "late"), settings("name", "level"));
      Point level = point(driver, device(), settings("name", "level"));
      driver.open();
      assertThatThrownBy(() -> driver.read(List.of(late)))
          .isInstanceOf(DeviceSilentException.class);
      // the late answer comes together with the next one
      assertThat(driver.read(List.of(level))).containsExactly(Sample.good(new Value.Real(42.5)));
    }
  }

  @Test
  void whatIsNoNumberIsSaidToBeNone() throws Exception {
    try (Driver driver = driver()) {
      driver.open();
      assertThat(driver.read(List.of(point(driver, device(), settings("name", "odd")))))
          .containsExactly(Sample.bad(BadReason.NOT_DECODABLE, "answered \"warm\""));
    }
  }

  @Test
  void theReadmeSaysWhatCanBeSet() throws IOException {
    Path readme = Path.of("README.md");
    SettingsTable.assertDocumented(readme, "## Bus", LineSettings.BUS);
    SettingsTable.assertDocumented(readme, "## Device", LineSettings.DEVICE);
    SettingsTable.assertDocumented(readme, "## Point", LineSettings.POINT);
  }
}
