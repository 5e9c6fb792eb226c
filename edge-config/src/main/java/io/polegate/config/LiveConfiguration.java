package io.polegate.config;

import io.polegate.api.config.Configuration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * Changes the document while the gateway runs: check, stage, apply, observe, keep. Thread-safe:
 * changes wait for each other, and looking waits for nothing.
 */
final class LiveConfiguration implements Configuration {
  private static final String NAME = "pole.yaml";
  private static final int MAX_ID = 128;
  private static final int MAX_SHOWN_PROBLEMS = 5;
  private final Parts parts;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile Version current;
  private volatile Optional<Running> running = Optional.empty();

  /**
   * What it works with.
   *
   * @param check checks a document, by its name and content
   * @param second ticks during a trial
   * @param nanos monotonic
   */
  record Parts(
      Keeper keeper,
      DocumentInForce force,
      Answers answers,
      BiFunction<String, byte[], Outcome> check,
      Contact contact,
      Events events,
      SecondHand second,
      LongSupplier nanos) {}

  /** A change that is applied and not kept yet, and what was in force before. */
  private record Running(
      Change change, AtomicFile.Staged staged, TrialWatch watch, DocumentInForce.Held before) {
    Attempt attempt() {
      return Attempt.of(change);
    }

    byte[] document() {
      return change.document().getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * Goes on from a start.
   *
   * @param current what is in force
   */
  LiveConfiguration(Parts parts, Version current) {
    this.parts = parts;
    this.current = current;
  }

  @Override
  public Version current() {
    return current;
  }

  @Override
  public List<Version> history() {
    return parts.keeper().history().entries().stream().map(History.Entry::version).toList();
  }

  @Override
  public Optional<String> document(int version) {
    History history = parts.keeper().history();
    return history
        .find(version)
        .flatMap(entry -> history.document(entry.version()))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public String diff(String document) {
    return Diff.unified(document(current.number()).orElse(""), document);
  }

  @Override
  public List<String> check(String document) {
    return problems(parts.check().apply(NAME, document.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public Answer change(Change change) {
    changing.lock();
    try {
      Optional<Answer> known = parts.answers().find(change.id());
      return known.isPresent() ? again(change, known.get()) : decide(change);
    } finally {
      changing.unlock();
    }
  }

  @Override
  public Answer rollBack(int version, Change by) {
    Optional<String> document = document(version);
    if (document.isEmpty()) {
      return refuse(by, List.of("version " + version + " is not kept"));
    }
    return change(
        new Change(by.id(), document.get(), by.author(), by.reason(), by.confirmWithin()));
  }

  @Override
  public boolean confirm(String id, String author) {
    changing.lock();
    try {
      return onTrial(id).map(trial -> keep(trial) instanceof Answer.Kept).orElse(false);
    } finally {
      changing.unlock();
    }
  }

  @Override
  public boolean reject(String id, String author) {
    changing.lock();
    try {
      Optional<Running> trial = onTrial(id);
      trial.ifPresent(on -> undo(on, "rejected", "rejected by " + Findings.oneLine(author)));
      return trial.isPresent();
    } finally {
      changing.unlock();
    }
  }

  @Override
  public Optional<Trial> trial() {
    return running.map(
        on -> new Trial(on.change(), on.watch().remaining(parts.nanos().getAsLong())));
  }

  /** To be called every second while a change is on trial. */
  void second() {
    changing.lock();
    try {
      running.ifPresent(this::look);
    } finally {
      changing.unlock();
    }
  }

  private void look(Running trial) {
    switch (trial.watch().look(parts.nanos().getAsLong())) {
      case PROVED -> keep(trial);
      case OVER -> undo(trial, "not-confirmed", trial.watch().why());
      case OPEN -> {
        // not yet
      }
    }
  }

  /** Who asks again did not hear the answer: it is told once more, too. */
  private Answer again(Change change, Answer answer) {
    if (answer instanceof Answer.Kept kept) {
      parts.events().changed(kept.version(), change.id());
    } else if (answer instanceof Answer.Refused refused) {
      return refuse(change, refused.problems());
    }
    return answer;
  }

  private Optional<Running> onTrial(String id) {
    return running.filter(on -> on.change().id().equals(id));
  }

  private Answer decide(Change change) {
    if (onTrial(change.id()).isPresent()) {
      return new Answer.OnTrial(change.id(), change.confirmWithin().orElse(Duration.ZERO));
    }
    List<String> unfit = unfit(change);
    if (!unfit.isEmpty()) {
      return refuse(change, unfit);
    }
    byte[] document = change.document().getBytes(StandardCharsets.UTF_8);
    if (Digest.sha256(document).equals(current.sha256())) {
      return remember(change, new Answer.Unchanged(current));
    }
    Outcome outcome = parts.check().apply(NAME, document);
    if (!outcome.isGood()) {
      return remember(change, refuse(change, problems(outcome)));
    }
    return attempt(change, document, outcome);
  }

  /** What is wrong now and may be right later, so that the answer is not remembered. */
  private List<String> unfit(Change change) {
    List<String> unfit = new ArrayList<>();
    if (change.id().isEmpty() || change.id().length() > MAX_ID) {
      unfit.add("the id of a change has 1 to " + MAX_ID + " characters");
    }
    if (!change.id().equals(Findings.oneLine(change.id()))) {
      unfit.add("the id of a change has no control characters");
    }
    change
        .confirmWithin()
        .filter(in -> in.compareTo(Change.SHORTEST) < 0 || in.compareTo(Change.LONGEST) > 0)
        .ifPresent(in -> unfit.add("the time to confirm is 5 s to 24 h, not " + in.toSeconds()));
    running.ifPresent(
        on ->
            unfit.add(
                "change "
                    + Findings.quote(on.change().id())
                    + " is on trial: confirm or reject it first"));
    return unfit;
  }

  private Answer attempt(Change change, byte[] document, Outcome outcome) {
    long now = parts.nanos().getAsLong();
    TrialWatch watch =
        new TrialWatch(parts.contact(), change.confirmWithin().orElse(Duration.ZERO), now);
    DocumentInForce.Held before = parts.force().held().orElseThrow();
    Running next;
    try {
      AtomicFile.Staged staged = parts.keeper().begin(Attempt.of(change), document);
      next = new Running(change, staged, watch, before);
    } catch (IOException e) {
      return refuse(change, List.of("the document cannot be kept, nothing was changed: " + e));
    }
    List<String> failures = parts.force().bring(NAME, document, outcome);
    if (!failures.isEmpty()) {
      return undo(next, "failed", String.join("; ", failures));
    }
    if (change.confirmWithin().isEmpty()) {
      return keep(next);
    }
    watch.applied(parts.nanos().getAsLong());
    running = Optional.of(next);
    parts.events().onTrial(next.attempt(), change.confirmWithin().get());
    parts.second().start(this::second);
    return new Answer.OnTrial(change.id(), change.confirmWithin().get());
  }

  private Answer keep(Running change) {
    Change wanted = change.change();
    Keeper.Origin origin =
        new Keeper.Origin(
            Findings.oneLine(wanted.author()), Findings.oneLine(wanted.reason()), wanted.id());
    try {
      current = parts.keeper().keep(change.staged(), change.document(), origin);
    } catch (IOException e) {
      return undo(change, "failed", "the document cannot be kept: " + e);
    }
    Answer answer = remember(wanted, new Answer.Kept(current));
    parts.events().changed(current, wanted.id());
    end();
    return answer;
  }

  private Answer undo(Running change, String cause, String why) {
    parts.force().restore(change.before());
    Answer answer = remember(change.change(), new Answer.Refused(List.of("undone: " + why)));
    parts.events().rolledBack(change.attempt(), cause, why);
    end();
    return answer;
  }

  private void end() {
    running = Optional.empty();
    parts.second().stop();
    parts.keeper().end();
  }

  private Answer refuse(Change change, List<String> problems) {
    String shown = String.join("; ", problems.stream().limit(MAX_SHOWN_PROBLEMS).toList());
    parts.events().refused(Attempt.of(change), shown);
    return new Answer.Refused(problems);
  }

  private Answer remember(Change change, Answer answer) {
    parts.answers().remember(change.id(), answer);
    return answer;
  }

  private static List<String> problems(Outcome outcome) {
    return outcome.problems().stream().map(Problem::text).toList();
  }
}
