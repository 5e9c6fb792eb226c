/** Tools of a technician on a bus in operation: trace, raw request, browse, scan. */
@Export
@Version("0.1.0")
@NullMarked
package io.polegate.api.tools;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
