/** The present state of the gateway, for consoles and automation. */
@Export
@Version("0.1.0")
@NullMarked
package io.polegate.api.live;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
