package io.polegate.driver.dlt645;

import static io.polegate.driver.dlt645.Texts.datum;
import static io.polegate.driver.dlt645.Texts.settings;

import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.Quantity;
import io.polegate.api.settings.Settings;
import io.polegate.serialport.SystemSerialPorts;
import io.polegate.testkit.Await;
import io.polegate.testkit.EndpointContract;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import io.polegate.testkit.PseudoTerminal;
import io.polegate.testkit.dlt645.MeterLine;
import io.polegate.testkit.dlt645.SimulatedMeter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Meters on a pseudo-terminal and their points. */
abstract class MeterContract extends EndpointContract {
  static final Duration SHORT = Duration.ofMillis(500);
  static final Settings METER = settings("address", "000000000161");
  static final Settings ENERGY = datum("00010000", "4");
  static final Settings VOLTAGE = datum("02010100", "2");

  @TempDir Path folder = Path.of("");

  /** It is 20:00:00 in China. */
  final HandClock clock = new HandClock();

  final SimulatedMeter dead = new SimulatedMeter("000000000009");
  final SimulatedMeter meter =
      new SimulatedMeter("000000000161")
          .set("00010000", "00000026")
          .set("02010100", "1001")
          .set("02020100", "801234")
          .set("0201FF00", "2301", "2298", "FFFF")
          .set("04000401", "000000000161")
          .set("04000404", "323230560000")
          .set("04000503", "0010");
  MeterLine line;

  @BeforeEach
  void connect() throws Exception {
    dead.die(true);
    line = new MeterLine(PseudoTerminal.open(folder.resolve("line")), meter, dead);
  }

  @AfterEach
  void disconnect() {
    breakEndpoint();
  }

  @Override
  protected void breakEndpoint() {
    line.close();
  }

  @Override
  protected void repairEndpoint() throws Exception {
    connect();
  }

  @Override
  protected int requestsToTheSilentDevice() {
    return dead.requests();
  }

  @Override
  protected DriverFactory factory() {
    Dlt645Factory factory = new Dlt645Factory(new SystemSerialPorts());
    factory.bindClock(new HandPoleClock(clock));
    return factory;
  }

  @Override
  protected Settings bus(Duration timeout) {
    return settings(
        "port",
        folder.resolve("line").toString(),
        "baud",
        "9600",
        "parity", // a pseudo-terminal has none
        "none",
        "timeout",
        Quantity.text(timeout),
        "gap",
        "5ms");
  }

  @Override
  protected Settings device() {
    return METER;
  }

  @Override
  protected Settings silentDevice() {
    return settings("address", "000000000009");
  }

  @Override
  protected Map<Settings, Value> readable() {
    Map<Settings, Value> points = new LinkedHashMap<>();
    points.put(ENERGY, new Value.Int(26));
    points.put(VOLTAGE, new Value.Int(1001));
    points.put(datum("02020100", "3", "type", "signed-bcd"), new Value.Int(-1234));
    points.put(datum("0201ff00", "2", "start", "0"), new Value.Int(2301));
    points.put(datum("0201FF00", "2", "start", "2"), new Value.Int(2298));
    points.put(datum("04000401", "6", "type", "digits"), new Value.Text("000000000161"));
    points.put(datum("04000404", "6", "type", "text"), new Value.Text("220V"));
    points.put(datum("04000503", "2", "type", "bits"), new Value.Int(16));
    points.put(datum("04000503", "2", "type", "bool", "bit", "4"), new Value.Bool(true));
    points.put(datum("04000503", "2", "type", "bytes"), Bytes.ofHex("0010"));
    return points;
  }

  @Override
  protected Settings refused() {
    return datum("02010400", "2");
  }

  @Override
  protected Map<String, Settings> wrong() {
    return Map.of(
        "data-id", datum("0001000", "4"),
        "length", settings("data-id", "00010000"),
        "type", datum("00010000", "4", "type", "float"),
        "start", datum("00010000", "4", "start", "-1"),
        "bit", datum("04000503", "2", "type", "bool", "bit", "16"),
        "action", settings("action", "freeze"),
        "timezone", settings("action", "broadcast-time", "timezone", "Mars"));
  }

  @Override
  protected Settings writable() {
    return settings("action", "broadcast-time");
  }

  @Override
  protected List<Value> fitting() {
    return List.of(new Value.Bool(true));
  }

  @Override
  protected List<Value> tooLarge() {
    return List.of(new Value.Bool(false));
  }

  @Override
  protected Value wrongType() {
    return new Value.Text("20:00");
  }

  @Override
  protected Sample held(Driver driver, Point point) {
    Await.until("the meters know the time", () -> dead.clock().equals("261101200000"));
    return Sample.good(new Value.Bool(meter.clock().equals("261101200000")));
  }
}
