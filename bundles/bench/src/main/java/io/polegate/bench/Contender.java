package io.polegate.bench;

/**
 * One of the things that are compared.
 *
 * @param name in the table
 */
record Contender(String name, Round round) {

  /** Does the work once. */
  @FunctionalInterface
  interface Round {
    /** Returns units of work per second. */
    double run() throws Exception;
  }
}
