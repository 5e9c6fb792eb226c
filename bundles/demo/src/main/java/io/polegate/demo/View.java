package io.polegate.demo;

import java.util.Set;

/** How the platform's knowledge gets to the person. One thread at a time. */
interface View {

  /** The board has changed for these devices. */
  void changed(Board board, Set<String> devices);

  /** Something happened once. */
  void note(Board board, String line);

  /** Nothing more will come: shows the last state and leaves the terminal as it was. */
  void end(Board board);
}
