package io.polegate.cloud;

import java.time.Instant;

/**
 * What is known of the time when a certificate is looked at.
 *
 * @param instant the present if it is trusted, else the earliest that it can be
 */
record TlsTime(Instant instant, boolean trusted) {}
