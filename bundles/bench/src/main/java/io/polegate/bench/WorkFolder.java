package io.polegate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder that goes with everything in it. */
final class WorkFolder implements AutoCloseable {
  private final Path path;

  /** Makes it in {@code parent}. */
  WorkFolder(Path parent) throws IOException {
    path = Files.createTempDirectory(parent, "polegate-bench-");
  }

  Path path() {
    return path;
  }

  /** A new, empty folder inside. */
  Path fresh() throws IOException {
    return Files.createTempDirectory(path, "part-");
  }

  static long bytes(Path folder) throws IOException {
    long sum = 0;
    for (Path each : below(folder)) {
      sum += Files.isRegularFile(each) ? Files.size(each) : 0;
    }
    return sum;
  }

  @Override
  public void close() throws IOException {
    for (Path each : below(path)) {
      Files.deleteIfExists(each);
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
