package io.polegate.demo;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/** One line after the other, for files and pipes. */
final class PlainView implements View {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final PrintStream out;
  private final InstantSource clock;
  private final ZoneId zone;

  /** Prints to {@code out} with the time of day in {@code zone}. */
  PlainView(PrintStream out, InstantSource clock, ZoneId zone) {
    this.out = out;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public void changed(Board board, Set<String> devices) {
    devices.forEach(device -> print(board.line(device)));
  }

  @Override
  public void note(Board board, String line) {
    print(line);
  }

  @Override
  public void end(Board board) {
    out.flush();
  }

  private void print(String line) {
    out.println(TIME.format(clock.instant().atZone(zone)) + " " + Printable.of(line));
  }
}
