/** Serial ports, shared by all drivers that speak through one. */
@Export
@Version("0.1.0")
@NullMarked
package io.polegate.api.serial;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
