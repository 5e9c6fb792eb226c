package io.polegate.buffer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the journal does to the folder it lives in. Stateless. */
final class Folders {
  private Folders() {}

  /** Makes renames in the folder durable. */
  static void sync(@Nullable Path folder) throws IOException {
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Makes the content of a file durable. */
  static void syncFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  static Path sibling(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** Deletes all but the newest {@code keep} files whose names start so; names sort by age. */
  static void keepNewest(Path folder, String prefix, int keep) throws IOException {
    List<Path> found;
    try (Stream<Path> files = Files.list(folder)) {
      found =
          files
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .filter(file -> !file.getFileName().toString().endsWith("-wal"))
              .sorted()
              .toList();
    }
    for (Path old : found.subList(0, Math.max(0, found.size() - keep))) {
      Files.deleteIfExists(old);
      Files.deleteIfExists(sibling(old, "-wal"));
    }
  }
}
