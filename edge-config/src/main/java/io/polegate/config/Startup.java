package io.polegate.config;

import io.polegate.api.config.Configuration.Answer;
import io.polegate.api.config.Configuration.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the document to start with: the file, if it is whole and good, else the last good version,
 * else the factory document. Used once, by one thread.
 */
final class Startup {
  private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
  private final Keeper keeper;
  private final History history;
  private final PoleFile file;
  private final DocumentInForce force;
  private final Answers answers;
  private final BiFunction<String, byte[], Outcome> check;
  private final Events events;
  private final PrintStream err;

  Startup(
      Keeper keeper,
      DocumentInForce force,
      Answers answers,
      BiFunction<String, byte[], Outcome> check,
      Events events,
      PrintStream err) {
    this.keeper = keeper;
    this.history = keeper.history();
    this.file = keeper.file();
    this.force = force;
    this.answers = answers;
    this.check = check;
    this.events = events;
    this.err = err;
  }

  /** Whether this pole has neither a document nor a history. */
  boolean isNewPole() {
    return !file.exists() && history.entries().isEmpty();
  }

  /**
   * Brings a document into force and prints what is wrong.
   *
   * @return what is in force; empty if there is nothing to start with
   */
  Optional<Version> start() {
    settle();
    try {
      keeper.finishInterrupted();
    } catch (IOException e) {
      LOG.error("a change that was kept does not get into its file", e);
    }
    String name = file.path().toString();
    try {
      byte[] document = file.load();
      Outcome outcome = check.apply(name, document);
      if (outcome.spec().isEmpty()) {
        return fallBack(texts(outcome));
      }
      Optional<String> damage = damage(document);
      if (damage.isPresent()) {
        return fallBack(List.of(name + ": " + damage.get()));
      }
      force.bring(name, document, outcome);
      return Optional.of(record(document));
    } catch (SyntaxException e) {
      return fallBack(texts(DocumentCheck.refused(e, new Findings(name))));
    }
  }

  /** Says what became of a change that was under way when the gateway ended. */
  private void settle() {
    Optional<Attempt> attempt = keeper.interrupted();
    if (attempt.isPresent()) {
      String id = attempt.get().id();
      Optional<History.Entry> kept = history.newest().filter(newest -> newest.change().equals(id));
      if (kept.isPresent()) {
        Version version = kept.get().version();
        answers.remember(id, new Answer.Kept(version));
        events.changed(version, id);
      } else {
        String why = "the gateway was restarted before it was kept";
        answers.remember(id, new Answer.Refused(List.of("undone: " + why)));
        events.rolledBack(attempt.get(), "restarted", why);
      }
    }
    keeper.end();
  }

  /** What speaks against a document that passes the check. */
  private Optional<String> damage(byte[] document) {
    String sha256 = Digest.sha256(document);
    Optional<PoleFile.Note> note = file.note();
    if (note.isPresent() && note.get().sha256().equals(sha256)) {
      return Optional.empty();
    }
    if (note.isPresent() && file.isUntouched(note.get())) {
      return Optional.of(
          "its content changed, its time did not: the disk or the memory card is failing");
    }
    if (history.find(sha256).isPresent()) {
      return Optional.empty();
    }
    return history
        .newest()
        .map(History.Entry::version)
        .flatMap(
            newest -> history.document(newest).flatMap(last -> cutOff(document, last, newest)));
  }

  /** The beginning of a document may well be one. */
  private static Optional<String> cutOff(byte[] document, byte[] last, Version newest) {
    if (document.length < last.length
        && Arrays.equals(document, 0, document.length, last, 0, document.length)) {
      return Optional.of(
          "is cut off: only the first %d of the %d bytes of version %d are there; if that is meant, add a line of comment at the end"
              .formatted(document.length, last.length, newest.number()));
    }
    return Optional.empty();
  }

  private Version record(byte[] document) {
    Optional<Version> newest = history.newest().map(History.Entry::version);
    if (newest.isPresent() && newest.get().sha256().equals(Digest.sha256(document))) {
      if (file.note().filter(file::isUntouched).isEmpty()) {
        keeper.note(newest.get());
      }
      return newest.get();
    }
    Keeper.Origin origin = new Keeper.Origin("file", "", "");
    try {
      Version version = keeper.keepFile(document, origin);
      if (newest.isPresent()) {
        events.changed(version, "");
      }
      return version;
    } catch (IOException e) {
      return unkept(document, origin, e);
    }
  }

  private Optional<Version> fallBack(List<String> problems) {
    problems.forEach(err::println);
    List<byte[]> documents = new ArrayList<>();
    List<Keeper.Origin> origins = new ArrayList<>();
    for (History.Entry entry : history.entries()) {
      history.document(entry.version()).ifPresent(documents::add);
      String which = "version " + entry.version().number() + " of " + entry.version().time();
      if (documents.size() > origins.size()) {
        origins.add(new Keeper.Origin("gateway", which, ""));
      }
    }
    factory().ifPresent(documents::add);
    if (documents.size() > origins.size()) {
      origins.add(new Keeper.Origin("gateway", "the factory document", ""));
    }
    for (int i = 0; i < documents.size(); i++) {
      Outcome outcome = check.apply(file.path().toString(), documents.get(i));
      if (outcome.spec().isPresent()) {
        return Optional.of(startWith(documents.get(i), outcome, origins.get(i), problems.get(0)));
      }
    }
    if (!documents.isEmpty()) {
      err.println("and none of the earlier versions can be used any more");
    }
    return Optional.empty();
  }

  private Version startWith(
      byte[] document, Outcome outcome, Keeper.Origin origin, String problem) {
    err.println("polegate starts with " + origin.reason() + " instead");
    events.fellBack(problem, origin.reason());
    force.bring(file.path().toString(), document, outcome);
    try {
      file.setAside().ifPresent(refused -> err.println("what was refused is kept as " + refused));
      AtomicFile.Staged staged = file.stage(document);
      Optional<Version> newest = history.newest().map(History.Entry::version);
      if (newest.isPresent() && newest.get().sha256().equals(Digest.sha256(document))) {
        staged.commit();
        keeper.note(newest.get());
        return newest.get();
      }
      return keeper.keep(staged, document, origin);
    } catch (IOException e) {
      return unkept(document, origin, e);
    }
  }

  /** A disk that cannot be written must not keep the pole from working. */
  private Version unkept(byte[] document, Keeper.Origin origin, IOException why) {
    LOG.error("the document in force is not kept", why);
    err.println("the document in force cannot be kept: " + why);
    Optional<Version> newest = history.newest().map(History.Entry::version);
    return newest
        .filter(version -> version.sha256().equals(Digest.sha256(document)))
        .orElseGet(() -> keeper.version(document, origin));
  }

  private Optional<byte[]> factory() {
    Path factory = file.path().resolveSibling("factory.yaml");
    try {
      return Files.exists(factory) ? Optional.of(DocumentFile.load(factory)) : Optional.empty();
    } catch (SyntaxException e) {
      LOG.error("the factory document cannot be read", e);
      return Optional.empty();
    }
  }

  private static List<String> texts(Outcome outcome) {
    return outcome.problems().stream().map(Problem::text).toList();
  }
}
