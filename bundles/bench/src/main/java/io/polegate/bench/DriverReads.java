package io.polegate.bench;

import io.polegate.api.data.Value;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Point;
import io.polegate.api.driver.Sample;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.ModbusRtu;
import io.polegate.driver.modbus.ModbusTcp;
import io.polegate.serialport.SystemSerialPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads of unit 1 by the Modbus driver.
 *
 * @param addresses holding registers, each of which holds its own address
 */
record DriverReads(DriverFactory factory, Settings bus, Settings device, List<Integer> addresses) {
  DriverReads {
    addresses = List.copyOf(addresses);
  }

  static DriverReads tcp(String port, List<Integer> addresses) {
    Settings bus = new Settings(Map.of("host", "127.0.0.1", "port", port));
    return new DriverReads(new ModbusTcp(), bus, new Settings(Map.of("unit", "1")), addresses);
  }

  /** With no more gap than the standard asks for. */
  static DriverReads rtu(String port, int baud, List<Integer> addresses) {
    Settings bus = new Settings(Map.of("port", port, "baud", Integer.toString(baud), "gap", "0ms"));
    return new DriverReads(
        new ModbusRtu(new SystemSerialPorts()), bus, new Settings(Map.of("unit", "1")), addresses);
  }

  DriverReads withEachPointAlone() {
    Settings alone = new Settings(Map.of("unit", "1", "requests", "per-point"));
    return new DriverReads(factory, bus, alone, addresses);
  }

  /** Opens, reads all addresses so many times, and gives the rate in reads per second. */
  double rate(int reads) throws Exception {
    try (Driver driver = factory.create(bus)) {
      List<Point> points = points(driver);
      driver.open();
      long begin = System.nanoTime();
      for (int i = 0; i < reads; i++) {
        check(driver.read(points));
      }
      return Stopwatch.rate(reads, begin);
    }
  }

  private List<Point> points(Driver driver) throws InvalidSettingException {
    List<Point> points = new ArrayList<>();
    for (int address : addresses) {
      points.add(driver.point(device, new Settings(Map.of("address", "holding:" + address))));
    }
    return points;
  }

  /** The C client looks at the ends of an answer too. */
  private void check(List<Sample> samples) throws BenchmarkException {
    for (int i : new int[] {0, samples.size() - 1}) {
      boolean right =
          samples.get(i) instanceof Sample.Good good
              && good.value() instanceof Value.Int number
              && number.value() == addresses.get(i);
      if (!right) {
        throw new BenchmarkException(
            "register " + addresses.get(i) + " was read as " + samples.get(i));
      }
    }
  }
}
