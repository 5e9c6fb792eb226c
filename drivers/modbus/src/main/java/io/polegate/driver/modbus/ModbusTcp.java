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

/** Modbus TCP: {@code driver: modbus-tcp}. Thread-safe. */
@Component(service = DriverFactory.class)
public final class ModbusTcp implements DriverFactory, BusScan {
  private static final Framing FRAMING = new MbapFraming();
  private static final List<String> USUAL_PORTS = List.of("502");

  /** Has nothing to prepare. */
  @Activate
  public ModbusTcp() {}

  @Override
  public String name() {
    return "modbus-tcp";
  }

  @Override
  public Schema busSettings() {
    return LinkSettings.TCP;
  }

  @Override
  public Schema deviceSettings() {
    return ModbusSettings.NETWORK_DEVICE;
  }

  @Override
  public Schema pointSettings() {
    return ModbusSettings.POINT;
  }

  @Override
  public Optional<Endpoint> endpoint(Settings bus) throws InvalidSettingException {
    return Optional.of(
        LinkSettings.peer(bus.get(LinkSettings.HOST), bus.get(LinkSettings.TCP_PORT)));
  }

  @Override
  public Driver create(Settings bus) throws InvalidSettingException {
    Wire wire =
        new TcpWire(
            bus.get(LinkSettings.HOST),
            bus.get(LinkSettings.TCP_PORT),
            bus.get(LinkSettings.CONNECT_TIMEOUT));
    LinkTiming timing = LinkTiming.ofNetwork(bus);
    return new ModbusDriver(
        new ModbusLink(wire, FRAMING, timing, System::nanoTime), ModbusDevice::onNetwork);
  }

  @Override
  public List<Candidate> candidates(Settings known) {
    return ScanPlan.onNetwork(
        ScanPlan.network(USUAL_PORTS, known),
        bus -> LinkTiming.ofNetwork(bus).inVain(FRAMING, ScanPlan.PROBE));
  }
}
