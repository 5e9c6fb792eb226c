package io.polegate.dist;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** The folder that the gateway writes to, held by one process at a time. */
final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Makes the folder if need be and takes it.
   *
   * @throws IOException if it cannot be written or another process holds it; the message says which
   */
  static DataFolder take(Path path) throws IOException {
    Files.createDirectories(path);
    FileChannel file =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = file.tryLock();
      if (lock != null) {
        return new DataFolder(path, file);
      }
    } catch (OverlappingFileLockException e) {
      file.close();
      throw new IOException("this process already uses the data folder " + path, e);
    }
    file.close();
    throw new IOException("another gateway uses the data folder " + path);
  }

  /**
   * An empty folder for what lives no longer than the process: libraries unpacked from jars, the
   * framework's cache. A killed process leaves its own behind, and /tmp may be memory, so it is
   * emptied here and now.
   */
  Path scratch() throws IOException {
    Path scratch = path.resolve("tmp");
    delete(scratch);
    return Files.createDirectories(scratch);
  }

  /** Deletes a folder and what is in it; does nothing if it is not there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, java.io.IOException error)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
