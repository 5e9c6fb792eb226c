/** Commands to points: from whoever gives them to the proof that they worked. */
@Export
@Version("0.1.0")
@NullMarked
package io.polegate.api.command;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
