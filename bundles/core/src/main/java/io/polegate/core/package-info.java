/** Buses, polling, the pipeline from raw samples to readings, and the command gateway. */
@NullMarked
package io.polegate.core;

import org.jspecify.annotations.NullMarked;
