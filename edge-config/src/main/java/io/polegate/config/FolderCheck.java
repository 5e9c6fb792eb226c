package io.polegate.config;

import java.nio.file.Path;

/** Checks documents against what is installed at the moment of the call. Thread-safe. */
@FunctionalInterface
interface FolderCheck {
  /**
   * Checks a document.
   *
   * @param file as messages name it
   * @param folder whose {@code profiles} belong to it
   * @param secrets that it may name
   */
  Outcome check(String file, byte[] content, Path folder, Secrets secrets);
}
