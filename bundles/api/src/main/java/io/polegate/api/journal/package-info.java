/** The durable, ordered record of everything that has to reach a platform. */
@Export
@Version("0.1.0")
@NullMarked
package io.polegate.api.journal;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
