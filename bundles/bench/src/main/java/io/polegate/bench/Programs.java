package io.polegate.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs that somebody else wrote. */
final class Programs {
  private static final List<String> FOLDERS =
      List.of("/usr/sbin", "/usr/bin", "/bin", "/usr/local/bin", "/usr/local/sbin");

  private Programs() {}

  static void require(String program, String remedy) throws BenchmarkException {
    if (FOLDERS.stream().noneMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
      throw new BenchmarkException("there is no program \"" + program + "\": " + remedy);
    }
  }

  /** Runs one to its end and gives what it printed. */
  static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(
          String.join(" ", command) + " ended with " + code + ":\n" + output.strip());
    }
    return output.strip();
  }
}
