package io.polegate.dist;

import io.polegate.testkit.Pace;
import io.polegate.testkit.PseudoTerminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Modules of the ADAM-4000 kind on one line: for each request that is known, one answer. */
final class AdamLine implements AutoCloseable {
  private final PseudoTerminal terminal;
  private final Map<String, String> answers;
  private final Pace pace;

  AdamLine(PseudoTerminal terminal, Pace pace, Map<String, String> answers) {
    this.terminal = terminal;
    this.pace = pace;
    this.answers = Map.copyOf(answers);
    Thread thread = new Thread(this::serve, "simulated-adam");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    terminal.close();
  }

  private void serve() {
    StringBuilder heard = new StringBuilder();
    try (InputStream in = terminal.input()) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\r') {
          answer(heard.toString());
          heard.setLength(0);
        } else {
          heard.append((char) b);
        }
      }
    } catch (IOException e) {
      // closed while answering: nobody is left to hear it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(String request) throws IOException, InterruptedException {
    String answer = answers.get(request);
    if (answer != null) {
      pace.await(System.nanoTime(), request.length() + answer.length() + 2);
      terminal.output().write((answer + "\r").getBytes(StandardCharsets.US_ASCII));
    }
  }
}
