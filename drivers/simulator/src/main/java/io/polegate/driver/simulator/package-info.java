/** Values without hardware. */
@NullMarked
package io.polegate.driver.simulator;

import org.jspecify.annotations.NullMarked;
