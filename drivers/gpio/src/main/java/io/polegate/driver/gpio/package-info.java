/** Inputs, outputs and pulse counters on the pins of the board. */
@NullMarked
package io.polegate.driver.gpio;

import org.jspecify.annotations.NullMarked;
