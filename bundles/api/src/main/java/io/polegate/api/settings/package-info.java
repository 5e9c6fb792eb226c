/** Typed settings that drivers and uplinks declare once and everything else derives from. */
@Export
@Version("0.1.0")
@NullMarked
package io.polegate.api.settings;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
