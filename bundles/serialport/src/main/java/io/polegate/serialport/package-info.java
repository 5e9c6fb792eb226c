/** The serial ports of this machine. */
@NullMarked
package io.polegate.serialport;

import org.jspecify.annotations.NullMarked;
