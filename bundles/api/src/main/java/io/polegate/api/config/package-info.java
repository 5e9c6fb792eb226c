/** The pole's document after it was checked: plain data that every part follows. */
@Export
@Version("0.1.0")
@NullMarked
package io.polegate.api.config;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
