package io.polegate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Numbers that Linux keeps of a process. */
final class ProcFile {
  private ProcFile() {}

  /** Bytes that this process had written to storage so far. */
  static long writtenBytes() throws IOException {
    return number(Path.of("/proc/self/io"), "write_bytes:");
  }

  /** Resident memory of a process. */
  static long residentKilobytes(long pid) throws IOException {
    return number(Path.of("/proc/" + pid + "/status"), "VmRSS:");
  }

  static long threads(long pid) throws IOException {
    return number(Path.of("/proc/" + pid + "/status"), "Threads:");
  }

  /** Processor time that a process used so far, of all its threads. */
  static Duration processorTime(long pid) throws IOException {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow(() -> new IOException("process " + pid + " has ended"));
  }

  private static long number(Path file, String key) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).strip().split(" ", 2)[0])
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new IOException(file + " has no " + key));
  }
}
