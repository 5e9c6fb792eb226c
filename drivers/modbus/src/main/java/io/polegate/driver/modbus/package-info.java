/** Modbus RTU and TCP. */
@NullMarked
package io.polegate.driver.modbus;

import org.jspecify.annotations.NullMarked;
