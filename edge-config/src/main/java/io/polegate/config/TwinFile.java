package io.polegate.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The same content in two files that only their owner may read, so that a damage to one is repaired
 * from the other. Used by one thread at a time.
 */
final class TwinFile {
  private static final Logger LOG = LoggerFactory.getLogger(TwinFile.class);
  private final List<Path> files;
  private final Consumer<String> damage;
  private final boolean repairs;

  /**
   * Understands a content.
   *
   * @param <T> what it means
   */
  @FunctionalInterface
  interface Meaning<T> {
    /** Reads a content; throws if it is not what was once written. */
    T of(byte[] content) throws DamagedException;
  }

  /**
   * Nothing is read yet.
   *
   * @param first counts if both are whole and differ
   * @param damage is told what was damaged, in words
   * @param repairs whether reading may write
   */
  TwinFile(Path first, Path second, Consumer<String> damage, boolean repairs) {
    this.files = List.of(first, second);
    this.damage = damage;
    this.repairs = repairs;
  }

  Path first() {
    return files.get(0);
  }

  /**
   * What is in the files; one that is damaged or gone is repaired, if that is wanted.
   *
   * @return empty if neither file is there
   * @throws DamagedException if no whole one is there
   * @throws IOException if they cannot be read
   */
  <T> Optional<T> read(Meaning<T> meaning) throws IOException {
    Optional<DamagedException> why = Optional.empty();
    for (Path file : files) {
      try {
        byte[] content = Files.readAllBytes(file);
        T read = meaning.of(content);
        if (repairs) {
          repair(file, content, meaning);
        }
        return Optional.of(read);
      } catch (NoSuchFileException e) {
        LOG.debug("\"{}\" is not there", file, e);
      } catch (DamagedException e) {
        why = Optional.of(e);
      }
    }
    if (why.isPresent()) {
      throw new DamagedException(files.get(0) + " and its copy are damaged", why.get());
    }
    return Optional.empty();
  }

  /** Replaces both; on disk when this returns. */
  void write(byte[] content) throws IOException {
    for (Path file : files) {
      AtomicFile.writePrivate(file, content);
    }
  }

  /** Makes room for new ones. */
  void setAside() throws IOException {
    for (Path file : files) {
      if (Files.exists(file)) {
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".damaged"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private <T> void repair(Path good, byte[] content, Meaning<T> meaning) {
    for (Path file : files) {
      if (!file.equals(good) && differs(file, content)) {
        Optional<String> fault = fault(file, meaning);
        fault.ifPresent(what -> damage.accept(file + " " + what + ": repaired from its copy"));
        try {
          AtomicFile.writePrivate(file, content);
        } catch (IOException e) {
          LOG.warn("\"{}\" cannot be repaired", file, e);
        }
      }
    }
  }

  private static boolean differs(Path file, byte[] content) {
    try {
      return !Arrays.equals(Files.readAllBytes(file), content);
    } catch (IOException e) {
      LOG.debug("\"{}\" cannot be read", file, e);
      return true;
    }
  }

  /** What is wrong with a file; a whole one is only older, when the power went between the two. */
  private static <T> Optional<String> fault(Path file, Meaning<T> meaning) {
    try {
      meaning.of(Files.readAllBytes(file));
      return Optional.empty();
    } catch (NoSuchFileException e) {
      LOG.debug("\"{}\" is gone", file, e);
      return Optional.of("is gone");
    } catch (IOException e) {
      LOG.debug("\"{}\" is damaged", file, e);
      return Optional.of("is damaged");
    }
  }
}
