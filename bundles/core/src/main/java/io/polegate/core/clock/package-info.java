/** What time it is on a pole that may have booted without a clock. */
@NullMarked
package io.polegate.core.clock;

import org.jspecify.annotations.NullMarked;
