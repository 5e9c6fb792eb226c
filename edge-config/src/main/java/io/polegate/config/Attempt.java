package io.polegate.config;

import io.polegate.api.config.Configuration.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A change that was begun: a note of it is on disk from before it is applied until it is kept or
 * undone, so that a restart in between can say what became of it. Thread-safe.
 *
 * @param id of the change
 * @param author of the change
 */
record Attempt(String id, String author) {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  /** What strangers wrote, safe for one line of a log. */
  static Attempt of(Change change) {
    return new Attempt(Findings.oneLine(change.id()), Findings.oneLine(change.author()));
  }

  void write(Path file) throws IOException {
    Sealed.write(file, Map.of("id", id, "author", author));
  }

  /** The change that was under way when the gateway ended; empty if none was. */
  static Optional<Attempt> read(Path file) {
    try {
      Map<String, String> texts = Sealed.read(file);
      return Optional.of(
          new Attempt(texts.getOrDefault("id", ""), texts.getOrDefault("author", "")));
    } catch (NoSuchFileException e) {
      LOG.debug("no change was under way", e);
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("a change was under way, but the note of it is damaged", e);
      return Optional.of(new Attempt("unknown", "unknown"));
    }
  }

  static void clear(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.error(
          "\"{}\" cannot be removed: the next start will take its change for undone", file, e);
    }
  }
}
