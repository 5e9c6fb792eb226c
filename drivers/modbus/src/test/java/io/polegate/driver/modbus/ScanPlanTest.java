package io.polegate.driver.modbus;

import static io.polegate.driver.modbus.ModbusContract.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.driver.BusScan;
import io.polegate.api.driver.BusScan.Candidate;
import io.polegate.api.driver.DeviceProbe;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.serial.SerialLine;
import io.polegate.api.serial.SerialParameters;
import io.polegate.api.serial.SerialPorts;
import io.polegate.api.settings.Settings;
import io.polegate.driver.modbus.SimulatedBus.Transport;
import io.polegate.testkit.modbus.ModbusUnit;
import io.polegate.testkit.modbus.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScanPlanTest {
  private static final SerialPorts TWO_PORTS =
      new SerialPorts() {
        @Override
        public SerialLine line(SerialParameters parameters) {
          throw new AssertionError("a plan does no I/O");
        }

        @Override
        public List<String> names() {
          return List.of("/dev/ttyUSB0", "/dev/ttyS1");
        }
      };

  @TempDir Path folder = Path.of("");

  @Test
  void theLikeliestPortSpeedAndUnitComeFirst() {
    List<Candidate> all = new ModbusRtu(TWO_PORTS).candidates(Settings.NONE);
    Map<String, String> first = all.get(0).bus().texts();
    assertThat(first)
        .containsEntry("port", "/dev/ttyUSB0")
        .containsEntry("baud", "9600")
        .containsEntry("parity", "none");
    assertThat(all.subList(0, 3))
        .extracting(candidate -> candidate.device().texts().get("unit"))
        .containsExactly("1", "2", "3");
    assertThat(all).hasSize(2 * 11 * 247);
    assertThat(new HashSet<>(all)).as("nothing is tried twice").hasSameSizeAs(all);
    List<Candidate> likely = all.subList(0, 2 * 11 * 8);
    assertThat(likely).extracting(Candidate::bus).contains(all.get(all.size() - 1).bus());
  }

  @Test
  void whatIsKnownIsNotVaried() {
    Settings known = settings("port", "/dev/ttyS9", "baud", "19200", "timeout", "50ms");
    List<Candidate> all = new ModbusRtu(TWO_PORTS).candidates(known);
    assertThat(all)
        .allSatisfy(
            candidate -> assertThat(candidate.bus().texts()).containsAllEntriesOf(known.texts()));
    assertThat(new HashSet<>(all)).hasSameSizeAs(all);
    assertThat(all.get(0).atMost()).isBetween(Duration.ofMillis(60), Duration.ofMillis(80));
  }

  @ParameterizedTest
  @EnumSource
  void everyCandidateHasCompleteSettings(Transport transport) throws Exception {
    DriverFactory factory =
        switch (transport) {
          case RTU -> new ModbusRtu(TWO_PORTS);
          case ASCII -> new ModbusAscii(TWO_PORTS);
          case TCP, RTU_TCP -> transport.factory();
        };
    Settings known = transport.onPort() ? Settings.NONE : settings("host", "192.0.2.1");
    List<Candidate> all = ((BusScan) factory).candidates(known);
    assertThat(all).isNotEmpty();
    for (Candidate candidate : all) {
      assertThat(factory.busSettings().check(candidate.bus())).isEmpty();
      assertThat(factory.deviceSettings().check(candidate.device())).isEmpty();
      assertThat(candidate.atMost()).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void withoutAHostThereIsNothingToTryOnANetwork() {
    assertThat(new ModbusTcp().candidates(Settings.NONE)).isEmpty();
    assertThat(new ModbusTcp().candidates(settings("host", "h")))
        .extracting(candidate -> candidate.device().texts().get("unit"))
        .startsWith("1", "255", "0", "2")
        .hasSize(256)
        .containsAll(IntStream.range(0, 256).mapToObj(Integer::toString).toList());
  }

  @Test
  void aDeviceAtAnUnlikelyAddressIsFound() throws Exception {
    ModbusUnit unit = new ModbusUnit().set(Table.HOLDING, 0, 7);
    try (SimulatedBus bus = new SimulatedBus(Transport.RTU, folder, Map.of(11, unit))) {
      BusScan scan = (BusScan) Transport.RTU.factory();
      Settings known =
          bus.settings("baud", "9600", "parity", "none", "stop-bits", "1", "timeout", "60ms");
      List<String> found = new ArrayList<>();
      List<Candidate> candidates = scan.candidates(known);
      assertThat(candidates).extracting(Candidate::bus).containsOnly(known);
      try (Driver driver = Transport.RTU.factory().create(known)) {
        driver.open();
        for (Candidate candidate : candidates.subList(0, 20)) {
          ((DeviceProbe) driver).probe(candidate.device()).ifPresent(found::add);
        }
      }
      assertThat(found).containsExactly("unit 11 answers holding:0 with 7");
    }
  }
}
