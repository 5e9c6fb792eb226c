package io.polegate.dist;

import io.polegate.testkit.PseudoTerminal;
import io.polegate.testkit.modbus.ModbusRtuLine;
import io.polegate.testkit.modbus.ModbusUnit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An RS-485 pair: what one end says, all others hear. The gateway is at {@link #port()}. */
final class SharedWire implements AutoCloseable {
  private final PseudoTerminal gateway = PseudoTerminal.open();
  private final List<PseudoTerminal> members = new CopyOnWriteArrayList<>();
  private final List<OutputStream> ears = new CopyOnWriteArrayList<>();
  private final List<ModbusRtuLine> lines = new ArrayList<>();

  SharedWire() throws IOException {
    OutputStream ear = gateway.output();
    ears.add(ear);
    carry(gateway.input(), ear);
  }

  Path port() {
    return gateway.port();
  }

  /** An end for one more device; the device talks through the terminal's streams. */
  PseudoTerminal join() throws IOException {
    PseudoTerminal member = PseudoTerminal.open();
    members.add(member);
    OutputStream ear = Files.newOutputStream(member.port(), StandardOpenOption.WRITE);
    ears.add(ear);
    carry(Files.newInputStream(member.port()), ear);
    return member;
  }

  /** Modbus RTU units on this wire. */
  void attach(Map<Integer, ModbusUnit> units) throws IOException {
    lines.add(new ModbusRtuLine(join(), units));
  }

  private void carry(InputStream said, OutputStream own) {
    Thread thread = new Thread(() -> repeat(said, own), "wire");
    thread.setDaemon(true);
    thread.start();
  }

  private void repeat(InputStream said, OutputStream own) {
    byte[] bytes = new byte[512];
    try {
      for (int count = said.read(bytes); count >= 0; count = said.read(bytes)) {
        for (OutputStream ear : ears) {
          if (ear != own) {
            ear.write(bytes, 0, count);
          }
        }
      }
    } catch (IOException e) {
      // an end was closed: the wire is cut
    }
  }

  @Override
  public void close() {
    gateway.close();
    lines.forEach(ModbusRtuLine::close);
    members.forEach(PseudoTerminal::close);
  }
}
