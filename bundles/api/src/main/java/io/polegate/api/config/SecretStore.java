package io.polegate.api.config;

import java.io.IOException;
import java.util.Set;

/**
 * Secrets that documents name as <code>${secret:name}</code>; registered as an OSGi service. There
 * is no way to read one back. Thread-safe.
 */
public interface SecretStore {

  /** Names of the secrets that are there, {@code [a-z0-9-]{1,64}}. */
  Set<String> names();

  /**
   * Sets a secret, on disk before this returns. What uses it is made anew.
   *
   * @throws IllegalArgumentException if the name is not well-formed, or the value is empty or
   *     longer than 4096 characters
   * @throws IOException if it cannot be written; nothing changed then
   */
  void put(String name, String value) throws IOException;

  /**
   * Removes a secret.
   *
   * @throws IllegalStateException if the document in force names it
   * @throws IOException if it cannot be written; nothing changed then
   */
  void remove(String name) throws IOException;
}
