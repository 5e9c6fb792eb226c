/** Values and readings: what a point said, when, and how far it can be trusted. */
@Export
@Version("0.1.0")
@NullMarked
package io.polegate.api.data;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
