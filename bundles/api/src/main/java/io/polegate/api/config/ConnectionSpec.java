package io.polegate.api.config;

import io.polegate.api.settings.Settings;

/**
 * One uplink.
 *
 * @param id {@code [a-z0-9-]{1,64}}; names the cursors in the journal, so renaming one sends
 *     everything again
 * @param format name of the uplink format
 * @param settings the format's own
 */
public record ConnectionSpec(String id, String format, Settings settings) {}
