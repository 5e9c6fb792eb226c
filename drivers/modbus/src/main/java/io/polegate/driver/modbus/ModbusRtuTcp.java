package io.polegate.driver.modbus;

import io.polegate.api.driver.BusScan;
import io.polegate.api.driver.Driver;
import io.polegate.api.driver.DriverFactory;
import io.polegate.api.driver.Endpoint;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Settings;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Modbus RTU through a serial server: {@code driver: modbus-rtu-tcp}. Thread-safe. */
@Component(service = DriverFactory.class)
public final class ModbusRtuTcp implements DriverFactory, BusScan {
  private static final Framing FRAMING = new RtuFraming();
  private static final List<String> USUAL_PORTS = List.of("4001", "8899", "502", "23", "26");

  /** Has nothing to prepare. */
  @Activate
  public ModbusRtuTcp() {}

  @Override
  public String name() {
    return "modbus-rtu-tcp";
  }

  @Override
  public Schema busSettings() {
    return LinkSettings.RTU_TCP;
  }

  @Override
  public Schema deviceSettings() {
    return ModbusSettings.LINE_DEVICE;
  }

  @Override
  public Schema pointSettings() {
    return ModbusSettings.POINT;
  }

  @Override
  public Optional<Endpoint> endpoint(Settings bus) throws InvalidSettingException {
    return Optional.of(
        LinkSettings.peer(bus.get(LinkSettings.SERVER_HOST), bus.get(LinkSettings.SERVER_PORT)));
  }

  @Override
  public Driver create(Settings bus) throws InvalidSettingException {
    Wire wire =
        new TcpWire(
            bus.get(LinkSettings.SERVER_HOST),
            bus.get(LinkSettings.SERVER_PORT),
            bus.get(LinkSettings.CONNECT_TIMEOUT));
    LinkTiming timing = LinkTiming.ofServer(bus);
    return new ModbusDriver(
        new ModbusLink(wire, FRAMING, timing, System::nanoTime), ModbusDevice::onLine);
  }

  @Override
  public List<Candidate> candidates(Settings known) {
    return ScanPlan.onLines(
        ScanPlan.network(USUAL_PORTS, known),
        bus -> LinkTiming.ofServer(bus).inVain(FRAMING, ScanPlan.PROBE));
  }
}
