package io.polegate.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The wall clock of a process, to be set while it runs; its monotonic clock goes on evenly. Done by
 * a library that is loaded before that of the system.
 */
final class WallClock {
  private final Path library;
  private final Path offset;

  private WallClock(Path library, Path offset) {
    this.library = library;
    this.offset = offset;
  }

  /** One that is off by so much. */
  static WallClock off(Path folder, Duration by) throws IOException, InterruptedException {
    Path source = folder.resolve("wall.c");
    try (InputStream in = WallClock.class.getResourceAsStream("/wall.c")) {
      Files.copy(Objects.requireNonNull(in), source);
    }
    Path library = folder.resolve("wall.so");
    int failed =
        new ProcessBuilder(
                List.of("gcc", "-O1", "-shared", "-fPIC", "-o", library.toString(), source + ""))
            .inheritIO()
            .start()
            .waitFor();
    if (failed != 0) {
      throw new AssertionError("gcc does not compile wall.c");
    }
    WallClock clock = new WallClock(library, folder.resolve("wall.offset"));
    clock.set(by);
    return clock;
  }

  /** What the process has to have in its environment. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "WALL_OFFSET", offset.toString());
  }

  /** Sets it, this far from that of the machine. */
  void set(Duration by) throws IOException {
    ByteBuffer seconds = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
    seconds.putLong(by.toSeconds()).flip();
    try (FileChannel file =
        FileChannel.open(offset, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(seconds, 0);
    }
  }
}
