package io.polegate.config;

import io.polegate.api.config.Configuration.Version;
import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts documents on disk: the history first, then the file that the pole follows. What is between
 * the two when the power goes, {@link #finishInterrupted} finishes. Used by one thread at a time.
 */
final class Keeper {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private final History history;
  private final PoleFile file;
  private final Path attempt;
  private final Events events;

  /**
   * Keeps documents.
   *
   * @param attempt where the change under way is noted
   * @param events has the time
   */
  Keeper(History history, PoleFile file, Path attempt, Events events) {
    this.history = history;
    this.file = file;
    this.attempt = attempt;
    this.events = events;
  }

  History history() {
    return history;
  }

  PoleFile file() {
    return file;
  }

  /**
   * Whose document it is.
   *
   * @param change id of the change; empty if none brought it
   */
  record Origin(String author, String reason, String change) {}

  /**
   * A change begins: there is room for its document, and a restart will know of it.
   *
   * @throws IOException if a folder cannot be written; nothing is begun then
   */
  AtomicFile.Staged begin(Attempt change, byte[] document) throws IOException {
    AtomicFile.Staged staged = file.stage(document);
    try {
      change.write(attempt);
      return staged;
    } catch (IOException e) {
      discard(staged);
      throw e;
    }
  }

  /** The change that was under way when the gateway ended. */
  Optional<Attempt> interrupted() {
    return Attempt.read(attempt);
  }

  /** The change is over, whatever became of it. */
  void end() {
    Attempt.clear(attempt);
    file.tidy();
  }

  /**
   * Keeps a document, which is the one to start with from now on.
   *
   * @throws IOException if it cannot be written; the one before is still the one to start with
   */
  Version keep(AtomicFile.Staged staged, byte[] document, Origin origin) throws IOException {
    Version version = version(document, origin);
    History.Entry entry = new History.Entry(version, origin.change());
    try {
      history.add(entry, document);
      file.saveEdited();
      staged.commit();
    } catch (IOException e) {
      drop(entry, e);
      throw e;
    }
    note(version);
    return version;
  }

  /** A record that stays would be taken for the newest version at the next start. */
  private void drop(History.Entry entry, IOException why) {
    try {
      history.drop(entry);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /** Keeps what is in the file already. */
  Version keepFile(byte[] document, Origin origin) throws IOException {
    Version version = version(document, origin);
    history.add(new History.Entry(version, origin.change()), document);
    note(version);
    return version;
  }

  /** Notes that the file holds this version. */
  void note(Version version) {
    try {
      file.remember(version.number(), version.sha256());
    } catch (IOException e) {
      LOG.warn("what is in \"{}\" is not noted", file.path(), e);
    }
  }

  /**
   * The newest version got into the history, and the power went before it got into the file: puts
   * it there.
   */
  void finishInterrupted() throws IOException {
    Optional<History.Entry> newest = history.newest();
    if (newest.isEmpty() || !isInterrupted(newest.get().version())) {
      return;
    }
    Version version = newest.get().version();
    Optional<byte[]> document = history.document(version);
    if (document.isPresent()) {
      file.stage(document.get()).commit();
      note(version);
      LOG.info("version {} is in its file now, the power went before", version.number());
    }
  }

  private boolean isInterrupted(Version newest) {
    Optional<PoleFile.Note> note = file.note();
    if (note.isPresent() && note.get().number() >= newest.number()) {
      return false;
    }
    if (!file.exists()) {
      return note.isPresent() || newest.number() == 1;
    }
    try {
      String now = Digest.sha256(file.load());
      return note.isPresent() && note.get().sha256().equals(now) && !newest.sha256().equals(now);
    } catch (SyntaxException e) {
      LOG.debug("the file cannot be read, which the start deals with", e);
      return false;
    }
  }

  /** The version that {@code document} makes; it is on no disk yet. */
  Version version(byte[] document, Origin origin) {
    SampleTime now = events.now();
    String before =
        history
            .newest()
            .flatMap(entry -> history.document(entry.version()))
            .map(Keeper::text)
            .orElse("");
    return new Version(
        history.nextNumber(),
        now.instant(),
        now.quality() == TimeQuality.TRUSTED,
        origin.author(),
        origin.reason(),
        Digest.sha256(document),
        history.entries().isEmpty() ? "" : Diff.unified(before, text(document)));
  }

  private static String text(byte[] document) {
    return new String(document, StandardCharsets.UTF_8);
  }

  private static void discard(AtomicFile.Staged staged) {
    try {
      staged.discard();
    } catch (IOException e) {
      LOG.warn("\"{}\" cannot be removed", staged.temporary(), e);
    }
  }
}
