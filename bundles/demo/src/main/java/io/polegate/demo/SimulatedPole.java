package io.polegate.demo;

import io.polegate.testkit.PseudoTerminal;
import io.polegate.testkit.modbus.ModbusRtuLine;
import io.polegate.testkit.modbus.ModbusTcpPeer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The five devices: three on a serial line, two on the network. A thread of its own moves their
 * values until closed.
 */
public final class SimulatedPole implements AutoCloseable {
  private static final long STEP_MILLIS = 250;
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<SimulatedDevice> devices;
  private final LongSupplier nanos;
  private final long start;
  private final PseudoTerminal terminal;
  private final ModbusRtuLine line;
  private final ModbusTcpPeer meterPeer;
  private final ModbusTcpPeer manholePeer;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Opens the line and listens on two free ports.
   *
   * @param nanos the monotonic clock
   * @throws IOException if the system has no terminal or no port left
   */
  public SimulatedPole(LongSupplier nanos) throws IOException {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    SimulatedDevice environment = new EnvironmentStation();
    SimulatedDevice water = new WaterGauge();
    LampController lamp = new LampController();
    SimulatedDevice meter = new EnergyMeter(lamp::watts);
    SimulatedDevice manhole = new ManholeProbe();
    devices = List.of(environment, water, lamp, meter, manhole);
    move();
    terminal = PseudoTerminal.open();
    line =
        new ModbusRtuLine(
            terminal,
            Map.of(
                PoleDocument.ENVIRONMENT_UNIT,
                environment.unit(),
                PoleDocument.WATER_UNIT,
                water.unit(),
                PoleDocument.LAMP_UNIT,
                lamp.unit()));
    meterPeer = new ModbusTcpPeer(0, Map.of(PoleDocument.METER_UNIT, meter.unit()));
    manholePeer = new ModbusTcpPeer(0, Map.of(PoleDocument.MANHOLE_UNIT, manhole.unit()));
    Thread mover = new Thread(this::keepMoving, "simulated-values");
    mover.setDaemon(true);
    mover.start();
  }

  /**
   * The document of the gateway that serves these devices.
   *
   * @param mqttPort of the broker on 127.0.0.1
   */
  public String document(int mqttPort) {
    return PoleDocument.text(terminal.port(), meterPeer.port(), manholePeer.port(), mqttPort);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    line.close();
    meterPeer.close();
    manholePeer.close();
  }

  private void keepMoving() {
    try {
      while (!closed.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
        move();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void move() {
    double seconds = (nanos.getAsLong() - start) / NANOS_PER_SECOND;
    devices.forEach(device -> device.update(seconds));
  }
}
