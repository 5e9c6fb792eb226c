/** A simulated pole and a small platform around the real gateway, in one terminal. */
@NullMarked
package io.polegate.demo;

import org.jspecify.annotations.NullMarked;
