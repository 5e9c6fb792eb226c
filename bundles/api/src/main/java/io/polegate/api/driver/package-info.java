/** The plugin contract: how a protocol is taught to the gateway. */
@Export
@Version("0.1.0")
@NullMarked
package io.polegate.api.driver;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
