/** REST resources, event stream and web page of the gateway. */
@NullMarked
package io.polegate.console;

import org.jspecify.annotations.NullMarked;
