package io.polegate.driver.gpio;

import com.pi4j.context.Context;
import io.polegate.api.driver.EndpointDownException;
import java.io.IOException;

/** The machine whose pins these are. */
interface Board {

  /**
   * Starts Pi4J with the providers of this board.
   *
   * @throws EndpointDownException with the remedy if its pins cannot be had
   */
  Context open() throws EndpointDownException;

  /**
   * The level at a line that nobody holds, without changing it.
   *
   * @return false also if the line is no output yet
   * @throws IOException if it cannot be known
   */
  boolean level(int line) throws IOException;

  /** Whether the resistors at its inputs can be set. */
  default boolean pulls() {
    return true;
  }

  /**
   * Whether edges of a line are told, and not only levels.
   *
   * @throws IOException if the line cannot be had
   */
  default boolean tellsEdges(int line) throws IOException {
    return true;
  }
}
