package io.polegate.api.config;

import io.polegate.api.settings.Settings;
import java.time.Duration;

/**
 * One endpoint.
 *
 * @param id {@code [a-z0-9-]{1,64}}
 * @param driver name of the driver factory
 * @param retryLimit longest pause between two tries to reach a device that is silent, or the
 *     endpoint when it is down
 * @param settings the driver's own
 */
public record BusSpec(String id, String driver, Duration retryLimit, Settings settings) {}
