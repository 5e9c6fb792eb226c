package io.polegate.bench;

/** A benchmark cannot run, or what it measured is wrong. */
final class BenchmarkException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what and the remedy. */
  BenchmarkException(String message) {
    super(message);
  }
}
