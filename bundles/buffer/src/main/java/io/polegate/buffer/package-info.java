/** The journal: durable, ordered, bounded, in one SQLite file. */
@NullMarked
package io.polegate.buffer;

import org.jspecify.annotations.NullMarked;
