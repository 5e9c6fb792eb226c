/** Starts, upgrades and removes what integrators put into the plugins folder. */
@NullMarked
package io.polegate.plugins;

import org.jspecify.annotations.NullMarked;
