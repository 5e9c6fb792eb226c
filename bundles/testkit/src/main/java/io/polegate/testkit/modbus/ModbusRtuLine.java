package io.polegate.testkit.modbus;

import io.polegate.testkit.Pace;
import io.polegate.testkit.PseudoTerminal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Several simulated units on one serial line, RTU unless said otherwise. Answers on a thread of its
 * own until closed; closing it closes the terminal.
 */
public final class ModbusRtuLine implements AutoCloseable {
  private final PseudoTerminal terminal;
  private final Conversation conversation;
  private final Thread thread;

  /** Starts to answer for {@code units}, by unit number. */
  public ModbusRtuLine(PseudoTerminal terminal, Map<Integer, ModbusUnit> units) {
    this(terminal, Framing.RTU, units, Pace.NONE);
  }

  /** Starts to answer in this framing. */
  public ModbusRtuLine(PseudoTerminal terminal, Framing framing, Map<Integer, ModbusUnit> units) {
    this(terminal, framing, units, Pace.NONE);
  }

  /** Starts to answer in this framing, as fast as a wire with real devices. */
  public ModbusRtuLine(
      PseudoTerminal terminal, Framing framing, Map<Integer, ModbusUnit> units, Pace pace) {
    this.terminal = terminal;
    this.conversation = new Conversation(framing, Map.copyOf(units), terminal.output(), pace);
    this.thread = new Thread(this::serve, "simulated-line-" + terminal.port());
    thread.setDaemon(true);
    thread.start();
  }

  /** Pulls the cable and waits for the thread. */
  @Override
  public void close() {
    terminal.close();
    Threads.end(thread);
  }

  private void serve() {
    byte[] chunk = new byte[512];
    try (InputStream in = terminal.input()) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        Conversation.End ignored = conversation.take(chunk, count);
      }
    } catch (IOException e) {
      // closed while answering: nobody is left to hear it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
