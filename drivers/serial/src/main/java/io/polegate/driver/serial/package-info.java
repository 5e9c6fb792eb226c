/** Protocols of lines on a serial port, described in configuration. */
@NullMarked
package io.polegate.driver.serial;

import org.jspecify.annotations.NullMarked;
