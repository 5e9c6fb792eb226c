package io.polegate.testkit.net;

/**
 * What a link does to what goes through it.
 *
 * @param bytesPerSecond 0 for as many as come
 */
record LinkState(boolean dropsToServer, boolean dropsToClient, int bytesPerSecond) {
  static final LinkState GOOD = new LinkState(false, false, 0);
}
