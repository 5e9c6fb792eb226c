package io.polegate.config;

import java.util.Optional;

/** Where the texts behind <code>${secret:name}</code> come from. Thread-safe. */
@FunctionalInterface
interface Secrets {
  /** No secret at all. */
  Secrets NONE = name -> Optional.empty();

  /** The secret of this name; empty if there is none, or it cannot be read any more. */
  Optional<String> find(String name);
}
