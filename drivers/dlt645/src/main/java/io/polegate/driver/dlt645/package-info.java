/** DL/T 645-2007 electricity meters on a serial port. */
@NullMarked
package io.polegate.driver.dlt645;

import org.jspecify.annotations.NullMarked;
