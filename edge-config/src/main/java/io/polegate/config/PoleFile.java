package io.polegate.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that the pole follows, and a note in the data folder of what was last put there, by
 * which a damage to it is told from a change that somebody made. Used by one thread at a time.
 */
final class PoleFile {
  private static final Logger LOG = LoggerFactory.getLogger(PoleFile.class);
  private final Path file;
  private final Path note;

  /**
   * What was in the file when the gateway last wrote or took it.
   *
   * @param number of the version
   * @param modified time of the file's last change, nanoseconds since 1970
   */
  record Note(int number, String sha256, long modified) {}

  PoleFile(Path file, Path note) {
    this.file = file;
    this.note = note;
  }

  Path path() {
    return file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  byte[] load() throws SyntaxException {
    return DocumentFile.load(file);
  }

  /** Empty if nothing is known, or the note is damaged: then only the content counts. */
  Optional<Note> note() {
    try {
      Map<String, String> texts = Sealed.read(note);
      return Optional.of(
          new Note(
              Integer.parseInt(texts.getOrDefault("number", "")),
              texts.getOrDefault("sha256", ""),
              Long.parseLong(texts.getOrDefault("modified", ""))));
    } catch (NoSuchFileException e) {
      LOG.debug("nothing is known of the file yet", e);
    } catch (IOException | NumberFormatException e) {
      LOG.warn("\"{}\" is damaged, only the content of the document counts", note, e);
    }
    return Optional.empty();
  }

  /** Whether nobody touched the file since the note, as far as its time tells. */
  boolean isUntouched(Note since) {
    try {
      return modified() == since.modified();
    } catch (IOException e) {
      LOG.debug("the file has no time", e);
      return false;
    }
  }

  /** Writes the next content beside the file, which shows that there is room for it. */
  AtomicFile.Staged stage(byte[] content) throws IOException {
    return AtomicFile.stage(file, content);
  }

  /** Saves what somebody wrote since the note and nobody took, because it will be replaced. */
  void saveEdited() throws IOException {
    Optional<Note> last = note();
    if (last.isEmpty() || !exists()) {
      return;
    }
    try {
      if (!Digest.sha256(load()).equals(last.get().sha256())) {
        Path edited = file.resolveSibling(file.getFileName() + ".edited");
        Files.copy(file, edited, StandardCopyOption.REPLACE_EXISTING);
        LOG.warn("\"{}\" was edited and not taken, it is kept as \"{}\"", file, edited);
      }
    } catch (SyntaxException e) {
      LOG.debug("\"{}\" cannot be read", file, e);
    }
  }

  /** Notes what is in the file now. */
  void remember(int number, String sha256) throws IOException {
    Sealed.write(
        note,
        Map.of(
            "number", Integer.toString(number),
            "sha256", sha256,
            "modified", Long.toString(modified())));
  }

  /**
   * Moves a file that is refused out of the way.
   *
   * @return where it is now; empty if there was none
   */
  Optional<Path> setAside() throws IOException {
    Path refused = file.resolveSibling(file.getFileName() + ".refused");
    try {
      Files.move(file, refused, StandardCopyOption.REPLACE_EXISTING);
      return Optional.of(refused);
    } catch (NoSuchFileException e) {
      LOG.debug("nothing to set aside", e);
      return Optional.empty();
    }
  }

  /** Removes what a change left behind that was killed. */
  void tidy() {
    try {
      AtomicFile.discardStaged(file);
    } catch (IOException e) {
      LOG.warn("a left-over beside \"{}\" cannot be removed", file, e);
    }
  }

  private long modified() throws IOException {
    return Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
  }
}
