package io.polegate.cloud;

/**
 * What a conversation may use of its uplink.
 *
 * @param historyEnd items up to this number are from before the session
 * @param commands takes what the platform wants of the pole
 * @param backlog what is not acknowledged yet
 * @param pace takes the platform's word on how fast history goes
 * @param wake wakes the uplink's thread; any thread
 */
record Situation(
    long historyEnd, CommandQueue commands, Backlog backlog, HistoryPace pace, Runnable wake) {}
