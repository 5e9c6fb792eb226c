/** OPC UA client. */
@NullMarked
package io.polegate.driver.opcua;

import org.jspecify.annotations.NullMarked;
