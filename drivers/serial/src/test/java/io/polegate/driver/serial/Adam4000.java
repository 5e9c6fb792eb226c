package io.polegate.driver.serial;

import io.polegate.testkit.PseudoTerminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Modules of the ADAM-4000 kind on one line: 01 without and 02 with checksum, 09 never answers.
 * Analog inputs, eight outputs, name.
 */
final class Adam4000 implements AutoCloseable {
  /** What may go wrong with one answer. */
  enum Fault {
    SILENCE,
    HALF_LINE,
    NOISE_BEFORE,
    WRONG_CHECKSUM,
    WRONG_ADDRESS,
    REFUSAL,
    ENDLESS,
    ECHO
  }

  private static final String INPUTS = "+04.321+00.100-01.250+20.000";
  private final PseudoTerminal line;
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger requestsTo09 = new AtomicInteger();
  private volatile int outputs = 0x0F;
  private volatile String lastRequest = "";

  Adam4000(PseudoTerminal line) {
    this.line = line;
    Thread thread = new Thread(this::serve, "simulated-adam");
    thread.setDaemon(true);
    thread.start();
  }

  int requests() {
    return requests.get();
  }

  int requestsTo09() {
    return requestsTo09.get();
  }

  String lastRequest() {
    return lastRequest;
  }

  int outputs() {
    return outputs;
  }

  /** The next answers go wrong so, one each. */
  synchronized void fail(Fault... next) {
    faults.addAll(List.of(next));
  }

  /** Says something that nobody asked for. */
  void say(String text) throws IOException {
    line.output().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() {
    line.close();
  }

  private void serve() {
    StringBuilder command = new StringBuilder();
    try {
      for (int c = line.input().read(); c >= 0; c = line.input().read()) {
        if (c == '\r') {
          answer(command.toString());
          command.setLength(0);
        } else {
          command.append((char) c);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(String received) throws IOException {
    requests.incrementAndGet();
    lastRequest = received;
    if (received.length() < 3) {
      return;
    }
    String address = received.substring(1, 3);
    if (address.equals("09")) {
      requestsTo09.incrementAndGet();
    }
    if (address.equals("01")) {
      say(received, received, false);
    } else if (address.equals("02") && received.endsWith(sum(cut(received)))) {
      say(received, cut(received), true);
    }
  }

  private void say(String received, String command, boolean checksum) throws IOException {
    String address = command.substring(1, 3);
    String answer = execute(command, address);
    if (answer.isEmpty()) {
      return; // syntax errors get none
    }
    Fault fault = next();
    if (fault == null) {
      say(protectedBy(checksum, answer) + "\r");
      return;
    }
    switch (fault) {
      case SILENCE -> {}
      case HALF_LINE -> say(answer.substring(0, answer.length() - 2));
      case NOISE_BEFORE -> say("\0\u00ff7" + protectedBy(checksum, answer) + "\r");
      case WRONG_CHECKSUM -> say(answer + "00\r");
      case WRONG_ADDRESS -> say(protectedBy(checksum, answer.replace(address, "77")) + "\r");
      case REFUSAL -> say(protectedBy(checksum, "?" + address) + "\r");
      case ENDLESS -> say("7".repeat(3000));
      case ECHO -> say(received + "\r" + protectedBy(checksum, answer) + "\r");
    }
  }

  private String execute(String command, String address) {
    if (command.equals("#" + address)) {
      return ">" + INPUTS;
    }
    if (command.equals("$" + address + "M")) {
      return "!" + address + "4017";
    }
    if (command.equals("$" + address + "6")) {
      return String.format(Locale.ROOT, "!%02X0500", outputs);
    }
    if (command.matches("#..00[0-9A-F]{2}")) {
      outputs = Integer.parseInt(command.substring(5), 16);
      return ">";
    }
    return command.matches("#...") ? "?" + address : "";
  }

  private synchronized @Nullable Fault next() {
    return faults.poll();
  }

  private static String protectedBy(boolean checksum, String text) {
    return checksum ? text + sum(text) : text;
  }

  private static String cut(String text) {
    return text.substring(0, text.length() - 2);
  }

  private static String sum(String text) {
    return String.format(Locale.ROOT, "%02X", text.chars().sum() % 256);
  }
}
