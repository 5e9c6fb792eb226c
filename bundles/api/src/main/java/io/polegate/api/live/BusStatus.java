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
 */
public record BusStatus(
    String id,
    String driver,
    boolean open,
    String message,
    int queuedCommands,
    double load,
    boolean overloaded) {}
