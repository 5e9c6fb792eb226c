package io.polegate.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces files such that after a power cut either the old or the new content is there, whole.
 * Stateless.
 */
final class AtomicFile {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  private static final Logger LOG = LoggerFactory.getLogger(AtomicFile.class);

  private AtomicFile() {}

  /** Replaces the content of a file, or makes the file; on disk when this returns. */
  static void write(Path file, byte[] content) throws IOException {
    stage(file, content).commit();
  }

  /** As {@link #write}, for a file that nobody but its owner may read. */
  static void writePrivate(Path file, byte[] content) throws IOException {
    Path real = real(file);
    Path temporary = temporary(real);
    Files.deleteIfExists(temporary);
    Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PRIVATE));
    giveToOwnerOfFolder(temporary);
    fill(temporary, content);
    new Staged(temporary, real).commit();
  }

  /** Writes a new content beside a file, on disk when this returns. The file itself stays. */
  static Staged stage(Path file, byte[] content) throws IOException {
    Path real = real(file);
    Path temporary = temporary(real);
    Files.deleteIfExists(temporary);
    fill(temporary, content);
    if (Files.exists(real)) {
      Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(real));
    }
    return new Staged(temporary, real);
  }

  /** Removes what a {@link #stage} left behind that was killed. */
  static void discardStaged(Path file) throws IOException {
    Files.deleteIfExists(temporary(real(file)));
  }

  /** Makes the names in a folder durable. */
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** What root writes for the gateway has to be the gateway's. Others may give nothing away. */
  static void giveToOwnerOfFolder(Path file) {
    try {
      UserPrincipal owner = Files.getOwner(parent(file));
      if (!Files.getOwner(file).equals(owner)) {
        Files.setOwner(file, owner);
      }
    } catch (IOException e) {
      LOG.debug("\"{}\" stays with who made it", file, e);
    }
  }

  private static void fill(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** Behind a symbolic link the file is replaced, not the link. */
  private static Path real(Path file) throws IOException {
    try {
      return Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
    } catch (NoSuchFileException e) {
      throw new IOException(file + " is a link that leads nowhere", e);
    }
  }

  private static Path temporary(Path file) {
    return file.resolveSibling("." + file.getFileName() + ".new");
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException(file + " is in no folder");
    }
    return parent;
  }

  /**
   * A content that is on disk beside its file.
   *
   * @param temporary where it is
   * @param file where it belongs
   */
  record Staged(Path temporary, Path file) {
    /** Puts it into the place of the file; on disk when this returns. */
    void commit() throws IOException {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      syncFolder(parent(file));
    }

    void discard() throws IOException {
      Files.deleteIfExists(temporary);
    }
  }
}
