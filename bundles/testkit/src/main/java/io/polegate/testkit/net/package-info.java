/** Networks that misbehave on command. */
@NullMarked
package io.polegate.testkit.net;

import org.jspecify.annotations.NullMarked;
