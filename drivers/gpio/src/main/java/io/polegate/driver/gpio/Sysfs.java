package io.polegate.driver.gpio;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lines of one chip in sysfs (Documentation/ABI/obsolete/sysfs-gpio of the kernel). Blocks for
 * as long as the kernel does; one thread at a time.
 */
final class Sysfs {
  /** Writes a text into a file that exists. */
  interface Writer {
    void write(Path file, String text) throws IOException;
  }

  private final Path root;
  private final Path chip;
  private final Writer writer;
  private final Set<Integer> exported = ConcurrentHashMap.newKeySet();

  /**
   * One chip.
   *
   * @param root where sysfs is mounted
   * @param chip device file of the chip, which need not be there
   */
  Sysfs(Path root, Path chip) {
    this(root, chip, (file, text) -> Files.writeString(file, text, StandardOpenOption.WRITE));
  }

  Sysfs(Path root, Path chip, Writer writer) {
    this.root = root;
    this.chip = chip;
    this.writer = writer;
  }

  /** The file through which the kernel hands out lines. */
  Path exportFile() {
    return root.resolve("class/gpio/export");
  }

  /** The chip as the kernel knows it. */
  Path chipFolder() {
    return root.resolve("bus/gpio/devices").resolve(chip.getFileName());
  }

  /**
   * The folder of a line, exported if it was not; its direction and level stay.
   *
   * @throws IOException if the kernel does not hand it out
   */
  Path take(int line) throws IOException {
    int number = number(line);
    Path pin = folder(number);
    if (!Files.exists(pin)) {
      writer.write(exportFile(), Integer.toString(number));
      exported.add(number);
    }
    if (!Files.readString(pin.resolve("active_low")).strip().equals("0")) {
      writer.write(pin.resolve("active_low"), "0");
    }
    return pin;
  }

  /** Gives a line back that {@link #take} exported; one that was exported before stays. */
  void giveBack(int line) throws IOException {
    int number = number(line);
    if (exported.remove(number)) {
      writer.write(root.resolve("class/gpio/unexport"), Integer.toString(number));
    }
  }

  void write(Path file, String text) throws IOException {
    writer.write(file, text);
  }

  /** Whether a line that was taken is an output and high. */
  static boolean drivesHigh(Path pin) throws IOException {
    return Files.readString(pin.resolve("direction")).strip().equals("out")
        && Files.readString(pin.resolve("value")).strip().equals("1");
  }

  /** Whether a line that nobody holds is an output and high; it is given back at once. */
  boolean peek(int line) throws IOException {
    int number = number(line);
    writer.write(exportFile(), Integer.toString(number));
    try {
      return drivesHigh(folder(number));
    } finally {
      writer.write(root.resolve("class/gpio/unexport"), Integer.toString(number));
    }
  }

  private Path folder(int number) {
    return root.resolve("class/gpio/gpio" + number);
  }

  /** The number of a line among all chips. */
  private int number(int line) throws IOException {
    Path parent = chipFolder().toRealPath().resolveSibling("gpio");
    List<Path> chips = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, "gpiochip*")) {
      found.forEach(chips::add);
    }
    if (chips.isEmpty()) {
      throw new NoSuchFileException(parent + "/gpiochip*");
    }
    if (chips.size() > 1) {
      throw new IOException("several chips in \"" + parent + "\", cannot tell which is meant");
    }
    int lines = number(chips.get(0).resolve("ngpio"));
    if (line >= lines) {
      throw new IOException("the chip has lines 0 to " + (lines - 1));
    }
    return number(chips.get(0).resolve("base")) + line;
  }

  private static int number(Path file) throws IOException {
    try {
      return Integer.parseInt(Files.readString(file).strip());
    } catch (NumberFormatException e) {
      throw new IOException("no number in \"" + file + "\"", e);
    }
  }
}
