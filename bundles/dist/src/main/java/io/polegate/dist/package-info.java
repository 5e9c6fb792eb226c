/** Starts the gateway from its folder. */
@NullMarked
package io.polegate.dist;

import org.jspecify.annotations.NullMarked;
