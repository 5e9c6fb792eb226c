package io.polegate.cloud;

/**
 * What a conversation may use of its uplink.
 *
 * @param historyEnd items up to this number are from before the session
 * @param commands takes what the platform wants of the pole
 * @param wake wakes the uplink's thread; any thread
 */
record Situation(long historyEnd, CommandQueue commands, Runnable wake) {}
