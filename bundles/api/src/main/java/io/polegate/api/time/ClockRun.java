package io.polegate.api.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One process' stamps while its clock was not trusted. They all have the same error, so whoever
 * keeps them can put them right afterwards; runs of the same boot share the machine's uptime, so
 * the correction of one gives that of the others.
 *
 * @param boot id of the boot of the machine, {@code /proc/sys/kernel/random/boot_id}
 * @param zero what this run's untrusted clock calls the moment at which the machine's uptime was
 *     zero
 * @param correction what to add to an untrusted stamp of this run; empty until time is learnt
 */
public record ClockRun(String boot, Instant zero, Optional<Duration> correction) {}
