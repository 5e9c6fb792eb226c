package io.polegate.console;

import io.polegate.api.config.Configuration;
import io.polegate.api.config.SecretStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A document with one earlier version; a document "wrong" is refused. Thread-safe. */
final class FakeDocuments implements Configuration, SecretStore {
  private static final Version SECOND =
      new Version(
          2,
          Instant.ofEpochMilli(1_793_534_400_000L),
          true,
          "lin",
          "new lamp",
          "abcd",
          "-old\n+new\n");
  private static final Version FIRST =
      new Version(
          1, Instant.ofEpochMilli(1_793_500_000_000L), false, "provisioning", "", "0000", "");

  private final List<Change> changes = new ArrayList<>();
  private final List<String> verdicts = new ArrayList<>();
  private final Map<String, String> secrets = new TreeMap<>(Map.of("city-mqtt", "s3cret"));
  private Optional<Trial> trial = Optional.empty();

  synchronized void reset() {
    changes.clear();
    verdicts.clear();
    trial = Optional.empty();
  }

  synchronized List<Change> changes() {
    return List.copyOf(changes);
  }

  synchronized List<String> verdicts() {
    return List.copyOf(verdicts);
  }

  synchronized Optional<String> secret(String name) {
    return Optional.ofNullable(secrets.get(name));
  }

  @Override
  public Version current() {
    return SECOND;
  }

  @Override
  public List<Version> history() {
    return List.of(SECOND, FIRST);
  }

  @Override
  public Optional<String> document(int version) {
    return version > 2 ? Optional.empty() : Optional.of("pole: {id: P-" + version + "}");
  }

  @Override
  public String diff(String document) {
    return document.isEmpty() ? "" : "+" + document;
  }

  @Override
  public List<String> check(String document) {
    return document.equals("wrong") ? List.of("pole.yaml:1:1: wrong: write right") : List.of();
  }

  @Override
  public synchronized Answer change(Change change) {
    changes.add(change);
    if (!check(change.document()).isEmpty()) {
      return new Answer.Refused(check(change.document()));
    }
    if (change.document().equals("same")) {
      return new Answer.Unchanged(SECOND);
    }
    if (change.confirmWithin().isEmpty()) {
      return new Answer.Kept(SECOND);
    }
    trial = Optional.of(new Trial(change, Duration.ofSeconds(40)));
    return new Answer.OnTrial(change.id(), change.confirmWithin().get());
  }

  @Override
  public synchronized Answer rollBack(int version, Change by) {
    verdicts.add("back to " + version + " by " + by.author());
    return new Answer.Kept(FIRST);
  }

  @Override
  public synchronized boolean confirm(String id, String author) {
    verdicts.add("keep " + id + " by " + author);
    return end(id);
  }

  @Override
  public synchronized boolean reject(String id, String author) {
    verdicts.add("undo " + id + " by " + author);
    return end(id);
  }

  private boolean end(String id) {
    boolean found = trial.filter(t -> t.change().id().equals(id)).isPresent();
    trial = Optional.empty();
    return found;
  }

  @Override
  public synchronized Optional<Trial> trial() {
    return trial;
  }

  @Override
  public synchronized Set<String> names() {
    return Set.copyOf(secrets.keySet());
  }

  @Override
  public synchronized void put(String name, String value) {
    if (!name.matches("[a-z0-9-]{1,64}") || value.isEmpty()) {
      throw new IllegalArgumentException("not well-formed");
    }
    secrets.put(name, value);
  }

  @Override
  public synchronized void remove(String name) {
    if (name.equals("city-mqtt")) {
      throw new IllegalStateException("in use");
    }
    secrets.remove(name);
  }
}
