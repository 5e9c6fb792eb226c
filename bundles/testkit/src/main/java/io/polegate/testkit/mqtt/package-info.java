/** A broker and a platform for tests and demonstrations. */
@NullMarked
package io.polegate.testkit.mqtt;

import org.jspecify.annotations.NullMarked;
