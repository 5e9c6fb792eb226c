package io.polegate.cloud;

import io.polegate.api.config.Configuration;
import java.time.Duration;
import java.util.Optional;

/** What a platform wants of the document. */
sealed interface ConfigurationRequest {

  /** Chosen by the platform. */
  String id();

  /** Another document, on trial for a time. */
  record Change(String id, String document, String author, String reason, Duration confirmWithin)
      implements ConfigurationRequest {

    Configuration.Change by(String connection) {
      return new Configuration.Change(
          id,
          document,
          ConfigurationRequest.author(connection, author),
          reason,
          Optional.of(confirmWithin));
    }
  }

  /** An earlier version, on trial for a time. */
  record RollBack(String id, int version, String author, String reason, Duration confirmWithin)
      implements ConfigurationRequest {

    Configuration.Change by(String connection) {
      return new Configuration.Change(
          id,
          "",
          ConfigurationRequest.author(connection, author),
          reason,
          Optional.of(confirmWithin));
    }
  }

  /** Whether the change on trial is kept. */
  record Verdict(String id, boolean keep, String author) implements ConfigurationRequest {}

  /** Who it was, as the history shows it. */
  static String author(String connection, String named) {
    return "cloud:" + connection + (named.isEmpty() ? "" : " " + named);
  }
}
