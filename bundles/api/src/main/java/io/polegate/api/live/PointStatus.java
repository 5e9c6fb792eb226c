package io.polegate.api.live;

import io.polegate.api.config.PointSpec;
import io.polegate.api.data.Reading;
import java.time.Duration;
import java.util.Optional;

/**
 * The last that a point said.
 *
 * @param spec its configuration
 * @param reading the last reading, good or bad; empty before the first
 * @param age of {@code reading} on the monotonic clock; empty before the first
 */
public record PointStatus(PointSpec spec, Optional<Reading> reading, Optional<Duration> age) {}
