package io.polegate.cloud;

import io.polegate.api.config.Configuration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was wanted of the document; a document "same" is in force already. */
final class FakeConfiguration implements Configuration {
  private static final Version FIRST =
      new Version(1, Instant.EPOCH, true, "nobody", "", "00ff", "");

  final List<Change> changes = new CopyOnWriteArrayList<>();
  final List<String> verdicts = new CopyOnWriteArrayList<>();
  volatile Runnable onChange = () -> {};

  @Override
  public Version current() {
    return FIRST;
  }

  @Override
  public List<Version> history() {
    return List.of(FIRST);
  }

  @Override
  public Optional<String> document(int version) {
    return Optional.empty();
  }

  @Override
  public String diff(String document) {
    return "";
  }

  @Override
  public List<String> check(String document) {
    return List.of();
  }

  @Override
  public Answer change(Change change) {
    onChange.run();
    changes.add(change);
    return change.document().equals("same")
        ? new Answer.Unchanged(FIRST)
        : new Answer.OnTrial(change.id(), change.confirmWithin().orElseThrow());
  }

  @Override
  public Answer rollBack(int version, Change by) {
    changes.add(by);
    verdicts.add("back to " + version);
    return new Answer.OnTrial(by.id(), by.confirmWithin().orElseThrow());
  }

  @Override
  public boolean confirm(String id, String author) {
    verdicts.add("keep " + id + " by " + author);
    return id.equals("known");
  }

  @Override
  public boolean reject(String id, String author) {
    verdicts.add("undo " + id + " by " + author);
    return id.equals("known");
  }

  @Override
  public Optional<Trial> trial() {
    return Optional.empty();
  }
}
