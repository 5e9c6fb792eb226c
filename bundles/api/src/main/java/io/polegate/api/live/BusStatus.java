package io.polegate.api.live;

/**
 * How a bus is doing.
 *
 * @param driver name of its driver
 * @param open whether the endpoint is open
 * @param message empty when all is well, else the last error in words
 * @param queuedCommands commands waiting for their turn
 * @param load share of the last minute that the bus was busy, 0 to 1
 * @param overloaded whether polls come late because the plan does not fit the bus
 * @param openings how often its endpoint was opened since the bus was started; a change that leaves
 *     the bus as it is starts and opens nothing
 */
public record BusStatus(
    String id,
    String driver,
    boolean open,
    String message,
    int queuedCommands,
    double load,
    boolean overloaded,
    long openings) {}
