package io.polegate.driver.serial;

import static io.polegate.driver.serial.Texts.settings;

import io.polegate.api.data.Bytes;
import io.polegate.api.data.Value;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.Quantity;
import io.polegate.api.settings.Settings;
import io.polegate.serialport.SystemSerialPorts;
import io.polegate.testkit.EndpointContract;
import io.polegate.testkit.PseudoTerminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** ADAM-4000 modules on a pseudo-terminal and their points. */
abstract class AdamContract extends EndpointContract {
  static final Duration SHORT = Duration.ofMillis(300);
  static final Settings STATUS =
      settings(
          "send",
          "${address}6",
          "expect",
          "!(?<value>[0-9A-F]{2}).{4}",
          "type",
          "hex",
          "write",
          "#{address}00{value}",
          "format",
          "00",
          "confirm",
          ">");
  static final Settings NAME =
      settings("send", "${address}M", "expect", "!{address}(?<value>.*)", "type", "text");

  @TempDir Path folder = Path.of("");
  Adam4000 modules;

  @BeforeEach
  void connect() throws Exception {
    modules = new Adam4000(PseudoTerminal.open(folder.resolve("line")));
  }

  @AfterEach
  void disconnect() {
    breakEndpoint();
  }

  @Override
  protected void breakEndpoint() {
    modules.close();
  }

  @Override
  protected void repairEndpoint() throws Exception {
    connect();
  }

  @Override
  protected int requestsToTheSilentDevice() {
    return modules.requestsTo09();
  }

  @Override
  protected DriverFactory factory() {
    return new SerialFactory(new SystemSerialPorts());
  }

  @Override
  protected Settings bus(Duration timeout) {
    return settings("port", folder.resolve("line").toString(), "timeout", Quantity.text(timeout));
  }

  @Override
  protected Settings device() {
    return settings("address", "01", "refusal", "?{address}");
  }

  @Override
  protected Settings silentDevice() {
    return settings("address", "09");
  }

  @Override
  protected Map<Settings, Value> readable() {
    Map<Settings, Value> points = new LinkedHashMap<>();
    points.put(input(0), new Value.Real(4.321));
    points.put(NAME, new Value.Text("4017"));
    points.put(input(2), new Value.Real(-1.25));
    points.put(STATUS, new Value.Int(0x0F));
    points.put(
        settings("send", "${address}6", "expect", "!..(?<value>..)00", "type", "bool", "bit", "2"),
        new Value.Bool(true));
    points.put(
        settings("send", "${address}6", "expect", "!(?<value>.{6})", "type", "bytes"),
        Bytes.ofHex("0f0500"));
    return points;
  }

  @Override
  protected Settings refused() {
    return settings("send", "#{address}9", "expect", ">(?<value>.*)");
  }

  @Override
  protected Map<String, Settings> wrong() {
    return Map.of(
        "expect", settings("send", "#01", "expect", ">(.*"),
        "send", settings("expect", ">(?<value>.*)"),
        "type", settings("send", "#01", "expect", ">(?<value>.*)", "type", "decimal"),
        "bit", settings("send", "#01", "expect", ">(?<value>.*)", "bit", "3"),
        "write", settings("write", "#0100FF"),
        "format", settings("write", "#01{value}", "format", "%d"),
        "confirm", settings("write", "#01{value}", "confirm", "(>"));
  }

  @Override
  protected Settings writable() {
    return STATUS;
  }

  @Override
  protected List<Value> fitting() {
    return List.of(new Value.Int(0), new Value.Int(0xA5));
  }

  @Override
  protected List<Value> tooLarge() {
    return List.of(new Value.Int(256), new Value.Int(-1));
  }

  @Override
  protected Value wrongType() {
    return new Value.Text("00");
  }

  static Settings input(int channel) {
    return settings(
        "send",
        "#{address}",
        "expect",
        ">(?:[+-][0-9.]{6}){" + channel + "}(?<value>[+-][0-9.]{6}).*");
  }
}
