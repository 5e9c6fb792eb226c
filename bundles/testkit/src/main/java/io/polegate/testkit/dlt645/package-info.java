/** Simulated DL/T 645-2007 meters, good or bad. */
@NullMarked
package io.polegate.testkit.dlt645;

import org.jspecify.annotations.NullMarked;
