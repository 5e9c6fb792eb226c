package io.polegate.demo;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Redraws a block of lines in place, for terminals. What stands above it stays. */
final class ScreenView implements View {
  private static final int NOTES = 8;
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private final Deque<String> notes = new ArrayDeque<>();
  private int drawn;

  /** Draws on {@code out}. */
  ScreenView(PrintStream out) {
    this.out = out;
  }

  @Override
  public void changed(Board board, Set<String> devices) {
    draw(board);
  }

  @Override
  public void note(Board board, String line) {
    if (notes.size() == NOTES) {
      notes.removeFirst();
    }
    notes.addLast(line);
    draw(board);
  }

  @Override
  public void end(Board board) {
    draw(board);
    out.flush();
  }

  private void draw(Board board) {
    List<String> lines = new ArrayList<>();
    board.devices().forEach(device -> lines.add(board.line(device)));
    lines.add(board.summary());
    lines.add("");
    lines.addAll(notes);
    StringBuilder frame = new StringBuilder(NO_WRAP);
    if (drawn > 0) {
      frame.append("\u001b[").append(drawn).append('A');
    }
    frame.append('\r').append(CLEAR_BELOW);
    lines.forEach(line -> frame.append(Printable.of(line)).append("\r\n"));
    // one write, so that nothing flickers
    out.print(frame.append(WRAP));
    out.flush();
    drawn = lines.size();
  }
}
