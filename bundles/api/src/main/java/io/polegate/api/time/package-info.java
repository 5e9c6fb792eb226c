/** What time it is on a pole that may have booted without a clock. */
@Export
@Version("0.1.0")
@NullMarked
package io.polegate.api.time;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
