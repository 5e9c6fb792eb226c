/** Takes the journal to platforms over MQTT and brings their commands back. */
@NullMarked
package io.polegate.cloud;

import org.jspecify.annotations.NullMarked;
