package io.polegate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Facts that explain the figures. */
final class Machine {
  private static final Path CPUS = Path.of("/proc/cpuinfo");
  private static final Path LOAD = Path.of("/proc/loadavg");

  private Machine() {}

  static void describe(Report report, Path folder) throws IOException {
    report.line(
        "%s, %d cores, Java %s, %s %s",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vendor.version", "") + " " + Runtime.version(),
        System.getProperty("os.name"),
        System.getProperty("os.version"));
    report.line(
        "load average at start: %s; files in %s (%s)",
        load(), folder, Files.getFileStore(folder).type());
  }

  private static String processor() throws IOException {
    return Files.readAllLines(CPUS).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown processor");
  }

  private static String load() throws IOException {
    String[] words = Files.readString(LOAD).split(" ", 4);
    return words[0] + " " + words[1] + " " + words[2];
  }
}
