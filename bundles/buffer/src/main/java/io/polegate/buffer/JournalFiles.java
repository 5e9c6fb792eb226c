package io.polegate.buffer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a journal and the one way to get from any state of them to a sound database. A new
 * file is complete before it gets a name that counts, so this can be interrupted anywhere. For the
 * writer thread.
 */
final class JournalFiles {
  private static final Logger LOG = LoggerFactory.getLogger(JournalFiles.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
  private static final String SET_ASIDE = ".damaged-";
  private static final int KEPT = 3;

  private final Path file;
  private final Path unfinished;
  private final Path finished;

  /** Is there from before a salvage touches the file until its result is complete. */
  private final Path begun;

  private final InstantSource clock;

  JournalFiles(Path folder, InstantSource clock) {
    this.file = folder.resolve("journal.db");
    this.unfinished = Folders.sibling(file, ".tmp");
    this.finished = Folders.sibling(file, ".new");
    this.begun = Folders.sibling(file, ".salvage");
    this.clock = clock;
  }

  Path database() {
    return file;
  }

  /** Whether a salvage was begun and could not be brought to its end. */
  boolean isBeingSalvaged() {
    return Files.exists(begun);
  }

  /** Bytes on disk that count against the limit. */
  long usedBytes() throws IOException {
    return Folders.size(file) + Folders.size(Folders.sibling(file, "-wal"));
  }

  /**
   * Sees to it that there is a database that can be opened.
   *
   * @param top highest number that may have been used
   * @return what was wrong with the one that was there
   */
  Optional<Damage> prepare(long top, long floor, Set<Long> announced)
      throws SQLException, IOException {
    if (!Files.exists(file) && Files.exists(finished)) {
      Files.deleteIfExists(begun);
      rename(finished, file);
    }
    Files.deleteIfExists(finished);
    if (!Files.exists(file)) {
      return replace(top, floor, announced);
    }
    if (Files.exists(begun)) {
      // the file was changed by it and may look sound
      return Optional.of(salvage("salvage was interrupted", top, floor, announced));
    }
    if (!DatabaseFile.hasGoodHeader(file)) {
      return Optional.of(salvage("first page is damaged", top, floor, announced));
    }
    if (WalScan.findsDamage(Folders.sibling(file, "-wal"))) {
      return Optional.of(salvage("write-ahead log is damaged", top, floor, announced));
    }
    return Optional.empty();
  }

  /** Puts a new file with all that can be read in the place of a damaged one. */
  Damage salvage(String reason, long top, long floor, Set<Long> announced)
      throws SQLException, IOException {
    LOG.warn("journal \"{}\" is damaged ({}), salvaging", file, reason);
    Folders.keepNewest(folder(), file.getFileName() + SET_ASIDE, KEPT - 1);
    long items = save(top, floor, announced);
    rename(unfinished, finished);
    Path aside = Folders.sibling(file, SET_ASIDE + STAMP.format(clock.instant()));
    Path log = Folders.sibling(file, "-wal");
    Files.deleteIfExists(Folders.sibling(file, "-shm"));
    if (Files.exists(log)) {
      rename(log, Folders.sibling(aside, "-wal"));
    }
    rename(file, aside);
    Files.deleteIfExists(begun);
    rename(finished, file);
    LOG.warn("journal \"{}\" salvaged {} items, damaged file is \"{}\"", file, items, aside);
    return new Damage(reason, items, aside.getFileName().toString());
  }

  /** There is no database, or there has never been one. */
  private Optional<Damage> replace(long top, long floor, Set<Long> announced)
      throws SQLException, IOException {
    Files.deleteIfExists(Folders.sibling(file, "-wal"));
    Files.deleteIfExists(Folders.sibling(file, "-shm"));
    Files.deleteIfExists(begun);
    makeEmpty(top, floor, announced);
    rename(unfinished, finished);
    rename(finished, file);
    return top > 0 ? Optional.of(new Damage("file is missing", 0, "")) : Optional.empty();
  }

  /** The first half of {@link #salvage}: everything that can be read is in a file of its own. */
  long save(long top, long floor, Set<Long> announced) throws SQLException, IOException {
    if (!Files.exists(begun)) {
      Files.createFile(begun);
      Folders.sync(folder());
    }
    try {
      return new Salvage(file, unfinished, top, floor, announced).run();
    } catch (SQLException e) {
      if (!Sql.isDamage(e)) {
        throw e;
      }
      LOG.warn("nothing can be read of journal \"{}\"", file, e);
      makeEmpty(top, floor, announced);
      return 0;
    }
  }

  /** A file that knows that everything up to {@code top} is lost. */
  private void makeEmpty(long top, long floor, Set<Long> announced)
      throws SQLException, IOException {
    DatabaseFile.create(unfinished);
    if (top > 0) {
      try (Connection connection = DatabaseFile.writer(unfinished)) {
        Losses losses = new Losses(connection, () -> 0, announced, Losses.Between.NOTHING);
        for (Lost lost : new Holes(floor, top).result()) {
          losses.add(lost);
        }
        new Marks(connection).put(Marks.LAST, top);
      }
      Folders.syncFile(unfinished);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(folder());
  }

  private Path folder() {
    return file.toAbsolutePath().resolveSibling(".");
  }

  /**
   * What happened to a file.
   *
   * @param items saved
   * @param aside name of the damaged file, empty if there was none
   */
  record Damage(String reason, long items, String aside) {}
}
