package io.polegate.api.driver;

/**
 * What a bus occupies in the real world. Buses with equal endpoints are worked by one thread, in
 * turns, so that they never disturb each other.
 *
 * @param name kind and place, for instance {@code serial /dev/ttyS1} or {@code tcp 192.0.2.10:502}
 * @param shared whether several buses may be there, as on a serial port that two protocols use in
 *     turns; if not, a document with a second one is refused
 */
public record Endpoint(String name, boolean shared) {}
