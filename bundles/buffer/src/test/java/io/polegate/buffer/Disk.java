package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Processes whose calls to the disk are traced or refused; see {@code disk.c}. */
final class Disk {
  private final Path library;

  /** Compiles the library that stands between; needs gcc. */
  Disk(Path folder) throws IOException, InterruptedException {
    Path source = folder.resolve("disk.c");
    try (InputStream in = Objects.requireNonNull(Disk.class.getResourceAsStream("/disk.c"))) {
      Files.copy(in, source);
    }
    library = folder.resolve("disk.so");
    Process gcc =
        new ProcessBuilder(
                "gcc",
                "-O1",
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                source.toString(),
                "-ldl",
                "-lpthread")
            .inheritIO()
            .start();
    assertThat(gcc.waitFor()).as("gcc").isZero();
  }

  /** A process that records what it does to a folder. */
  ProcessBuilder traced(Path folder, Path trace, Class<?> main, String... arguments) {
    ProcessBuilder process = java(folder, main, arguments);
    process.environment().put("DISK_TRACE", trace.toString());
    return process;
  }

  /** A process for which a folder is read-only while a file exists. */
  ProcessBuilder readOnlyWhile(Path exists, Path folder, Class<?> main, String... arguments) {
    ProcessBuilder process = java(folder, main, arguments);
    process.environment().put("DISK_READONLY", exists.toString());
    return process;
  }

  private ProcessBuilder java(Path folder, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.add(folder.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("LD_PRELOAD", library.toString());
    process.environment().put("DISK_FOLDER", folder.toString());
    return process.redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
