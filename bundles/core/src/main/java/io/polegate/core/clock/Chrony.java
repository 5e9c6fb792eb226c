package io.polegate.core.clock;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks chrony by its program {@code chronyc}: one line of fields with commas between, of which the
 * first is who it follows, the third the stratum and the last whether it is synchronised (man
 * chronyc, "tracking", option {@code -c}). For one thread.
 */
final class Chrony {
  private static final long MOST_MILLIS = 2_000;
  private static final int MOST_BYTES = 1_024;
  private static final int FIELDS = 14;

  /** It follows nobody but the clock of its own machine. */
  private static final String ITSELF = "7F7F0101";

  private final List<String> command;

  /**
   * Asks by this command.
   *
   * @param command program and arguments
   */
  Chrony(List<String> command) {
    this.command = List.copyOf(command);
  }

  /** What it says now; returns within about two seconds. */
  TimeWord ask() {
    try {
      Process program =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        program.getOutputStream().close();
        if (!program.waitFor(MOST_MILLIS, TimeUnit.MILLISECONDS)) {
          return notYet("chronyc does not answer");
        }
        byte[] answer = program.getInputStream().readNBytes(MOST_BYTES);
        return judge(new String(answer, StandardCharsets.US_ASCII));
      } finally {
        program.destroyForcibly();
      }
    } catch (IOException e) {
      return notYet("chrony runs but cannot be asked: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return notYet("interrupted while asking chrony");
    }
  }

  private static TimeWord judge(String answer) {
    String[] fields = answer.strip().split(",", -1);
    if (fields.length < FIELDS) {
      return notYet("chrony does not tell how it is doing");
    }
    String leap = fields[FIELDS - 1];
    boolean synchronised =
        List.of("Normal", "Insert second", "Delete second").contains(leap)
            && !fields[0].equals(ITSELF)
            && fields[2].matches("[1-9]|1[0-5]");
    return synchronised
        ? new TimeWord(TimeWord.State.SYNCHRONISED, "chrony")
        : notYet("chrony is not synchronised yet: are its servers within reach?");
  }

  private static TimeWord notYet(String message) {
    return new TimeWord(TimeWord.State.NOT_YET, message);
  }
}
