package io.polegate.api.live;

/**
 * How a bus is doing.
 *
 * @param driver name of its driver
 * @param open whether the endpoint is open
 * @param message empty when all is well, else the last error in words
 * @param queuedCommands commands waiting for their turn
 */
public record BusStatus(
    String id, String driver, boolean open, String message, int queuedCommands) {}
