package io.polegate.serialport;

import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.serial.SerialLine;
import io.polegate.api.serial.SerialParameters;
import io.polegate.api.serial.SerialPorts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The ports that are open, each once however many lines share it. Thread-safe. */
@Component
public final class SystemSerialPorts implements SerialPorts {
  private final PortNames names;
  private final Map<Path, SharedPort> open = new HashMap<>();

  /** The ports of a Linux machine. */
  @Activate
  public SystemSerialPorts() {
    this(new PortNames(Path.of("/sys"), Path.of("/dev")));
  }

  SystemSerialPorts(PortNames names) {
    this.names = names;
  }

  @Override
  public SerialLine line(SerialParameters parameters) {
    return new PortLine(this, parameters);
  }

  @Override
  public List<String> names() {
    return names.likeliestFirst();
  }

  /** Lets a line use its port, which is opened if it is the first. */
  synchronized SharedPort hold(PortLine line) throws EndpointDownException {
    String name = line.parameters().port();
    Path device = names.resolve(name);
    SharedPort port = open.get(device);
    if (port == null) {
      port = SharedPort.open(name, device, line.parameters());
      open.put(device, port);
    } else if (!port.name().equals(name)) {
      throw new EndpointDownException(
          "serial port \""
              + name
              + "\" is in use under the name \""
              + port.name()
              + "\": write the same name on both buses");
    }
    port.users().add(line);
    return port;
  }

  /** A line needs it no more; the last one closes it. */
  synchronized void release(SharedPort port, PortLine line) {
    port.users().remove(line);
    if (port.users().isEmpty()) {
      forget(port);
    }
  }

  /** The port is gone: nobody can use it any more, and the next one to open finds a new one. */
  synchronized void forget(SharedPort port) {
    open.values().remove(port);
    port.close();
  }
}
