/** Simulated Modbus devices that can misbehave; written without the library of the driver. */
@NullMarked
package io.polegate.testkit.modbus;

import org.jspecify.annotations.NullMarked;
