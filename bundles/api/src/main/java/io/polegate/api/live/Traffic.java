package io.polegate.api.live;

/**
 * What went over the wire for a device since it is in operation as it is.
 *
 * @param answers requests that were answered well
 * @param timeouts calls that waited in vain
 * @param exceptions answers that were an error of the device
 * @param corrupt frames that were not intact
 * @param late answers that came after their time-out and were thrown away
 * @param foreign frames of others that came while this one was asked
 */
public record Traffic(
    long answers, long timeouts, long exceptions, long corrupt, long late, long foreign) {
  /** Nothing yet. */
  public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0);
}
