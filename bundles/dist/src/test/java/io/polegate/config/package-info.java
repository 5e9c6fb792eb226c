/** Lets tests of the whole gateway see how a document is understood. */
@NullMarked
package io.polegate.config;

import org.jspecify.annotations.NullMarked;
