package io.polegate.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A serial line between two programs, made by socat: each opens its end. To talk to a program under
 * test from a test, {@link PseudoTerminal} is simpler. Thread-safe.
 */
public final class SocatPair implements AutoCloseable {
  private final Path ours;
  private final Path theirs;
  private final Process socat;

  /**
   * Starts socat and waits for its links.
   *
   * @param folder for the links and what socat says
   * @throws IOException if socat cannot be started
   */
  public SocatPair(Path folder) throws IOException {
    ours = folder.resolve("ours");
    theirs = folder.resolve("theirs");
    socat =
        new ProcessBuilder("socat", "pty,raw,echo=0,link=" + theirs, "pty,raw,echo=0,link=" + ours)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("socat-output").toFile())
            .start();
    Await.until("socat's links", () -> Files.exists(theirs) && Files.exists(ours));
  }

  /** A link to the end of the program under test. */
  public Path ours() {
    return ours;
  }

  /** A link to the end of the simulator. */
  public Path theirs() {
    return theirs;
  }

  /** Pulls the cable. The links go first, because the system gives their targets to others. */
  @Override
  public void close() throws IOException {
    try {
      // socat takes its links along only when it is asked to end, and then later than we look
      Files.deleteIfExists(ours);
      Files.deleteIfExists(theirs);
    } finally {
      socat.destroyForcibly().onExit().join();
    }
  }
}
