/** Benchmarks of the gateway, each beside a reference that is measured in the same run. */
@NullMarked
package io.polegate.bench;

import org.jspecify.annotations.NullMarked;
