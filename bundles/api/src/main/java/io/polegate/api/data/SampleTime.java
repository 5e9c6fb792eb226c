package io.polegate.api.data;

import java.time.Instant;

/**
 * When something was sampled.
 *
 * @param instant wall-clock time; carried to platforms with millisecond resolution
 * @param quality whether the clock behind {@code instant} was trusted
 */
public record SampleTime(Instant instant, TimeQuality quality) {}
