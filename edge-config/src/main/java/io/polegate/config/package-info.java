/** Loads, checks and applies the document of the pole. */
@NullMarked
package io.polegate.config;

import org.jspecify.annotations.NullMarked;
