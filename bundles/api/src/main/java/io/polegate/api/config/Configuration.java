package io.polegate.api.config;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The document of the pole and its history; registered as an OSGi service. A change goes through
 * check, stage, apply, observe and keep; one that cuts the pole off is undone by itself.
 * Thread-safe; changes are made one after the other.
 */
public interface Configuration {

  /** The version in force; while a change is on trial, the one to which it would go back. */
  Version current();

  /** Every version that is kept, the newest first. */
  List<Version> history();

  /**
   * The text of a version, secrets as references.
   *
   * @return empty if it is not kept
   */
  Optional<String> document(int version);

  /**
   * What would change in the document in force, as a unified diff; empty if nothing.
   *
   * @param document the whole text
   */
  String diff(String document);

  /**
   * Everything that is wrong with a document, one line each, {@code file:line:column: message}.
   * Empty if all is well. Nothing is touched.
   *
   * @param document the whole text
   */
  List<String> check(String document);

  /**
   * Brings a document into force, on trial if the change wants to be confirmed. Returns when what
   * goes is stopped, so it must not be called on a thread that an uplink or a bus waits for.
   */
  Answer change(Change change);

  /**
   * Brings an earlier version into force, as a new one.
   *
   * @param version of {@link #history}
   * @param by who wants it and why; its document is not looked at
   */
  Answer rollBack(int version, Change by);

  /**
   * Keeps the change on trial.
   *
   * @param id of the change
   * @return false if no such change is on trial
   */
  boolean confirm(String id, String author);

  /**
   * Undoes the change on trial before its time is over.
   *
   * @return false if no such change is on trial
   */
  boolean reject(String id, String author);

  /** The change on trial. */
  Optional<Trial> trial();

  /**
   * A change that somebody wants.
   *
   * @param id chosen by whoever wants it, 1 to 128 characters; the last ones are remembered over
   *     restarts, and a repeated one gets its answer again
   * @param document the whole text
   * @param author who, for instance {@code cloud:city} or {@code technician}
   * @param reason why, for a person; may be empty
   * @param confirmWithin how long it may stay without being confirmed by {@link #confirm}, or by
   *     contact that was regained; empty if it is kept at once
   */
  record Change(
      String id, String document, String author, String reason, Optional<Duration> confirmWithin) {
    /** Shortest time for a confirmation. */
    public static final Duration SHORTEST = Duration.ofSeconds(5);

    /** Longest time for a confirmation. */
    public static final Duration LONGEST = Duration.ofHours(24);
  }

  /**
   * A document that was in force.
   *
   * @param number 1 for the first, then ascending
   * @param time when it came into force
   * @param timeTrusted whether the clock was
   * @param sha256 of its bytes, 64 hexadecimal digits
   * @param diff to the version before, unified; may be empty
   */
  record Version(
      int number,
      Instant time,
      boolean timeTrusted,
      String author,
      String reason,
      String sha256,
      String diff) {}

  /** What is on trial, and how long it still may be. */
  record Trial(Change change, Duration remaining) {}

  /** What came of a change. */
  sealed interface Answer {
    /** In force and kept. */
    record Kept(Version version) implements Answer {}

    /** In force on trial. */
    record OnTrial(String id, Duration confirmWithin) implements Answer {}

    /** It is what is in force: nothing happened. */
    record Unchanged(Version version) implements Answer {}

    /**
     * Nothing happened.
     *
     * @param problems one line each
     */
    record Refused(List<String> problems) implements Answer {
      /** Copies the list. */
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }
}
