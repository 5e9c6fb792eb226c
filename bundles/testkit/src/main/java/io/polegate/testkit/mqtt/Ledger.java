package io.polegate.testkit.mqtt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An independent subscriber in a process of its own, in another language, with another MQTT client
 * and its own books: {@code ledger.py}. It stays connected to the broker, and the broker keeps what
 * comes while it is itself stopped. One thread.
 */
public final class Ledger implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;

  private Ledger(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts it.
   *
   * @param folder for its script and what it complains about
   * @param points how many points every second has a reading of
   * @param writer the file in which the writer says what was durable
   */
  public static Ledger start(Path folder, int brokerPort, String pole, int points, Path writer)
      throws IOException {
    Path script = folder.resolve("ledger.py");
    try (InputStream in = Ledger.class.getResourceAsStream("ledger.py")) {
      if (in == null) {
        throw new IOException("ledger.py is not beside its class");
      }
      Files.write(script, in.readAllBytes());
    }
    return new Ledger(
        new ProcessBuilder(
                "python3",
                script.toString(),
                String.valueOf(brokerPort),
                pole,
                String.valueOf(points),
                writer.toString())
            .redirectError(folder.resolve("ledger.err").toFile())
            .start());
  }

  /** What it knows now. */
  public Books look() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the ledger ended: see ledger.err");
    }
    return new Books(Json.object(line.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * What came.
   *
   * @param counts as {@code ledger.py} names them
   */
  public record Books(Map<String, Object> counts) {

    /** A number. */
    public long count(String name) {
      return (Long) counts.getOrDefault(name, -1L);
    }

    /** What must never be: two contents of a number, readings out of order. */
    public List<Object> wrong() {
      return list("wrong");
    }

    /** Moments of something, in milliseconds since 1970. */
    public List<Long> moments(String name) {
      return list(name).stream().map(Long.class::cast).toList();
    }

    /** When each alarm came first, in milliseconds since 1970, by its number. */
    public Map<Long, Long> alarms() {
      Map<Long, Long> alarms = new TreeMap<>();
      for (Object pair : list("alarms")) {
        List<?> both = (List<?>) pair;
        alarms.put((Long) both.get(0), (Long) both.get(1));
      }
      return alarms;
    }

    @SuppressWarnings("unchecked")
    private List<Object> list(String name) {
      return (List<Object>) counts.getOrDefault(name, List.of());
    }
  }

  @Override
  public void close() throws IOException {
    answers.close();
    process.destroyForcibly().onExit().join();
  }
}
