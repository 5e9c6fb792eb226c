package io.polegate.driver.gpio;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder of the shape of sysfs that answers what is written as the kernel does: one chip of 54
 * lines, the first of which is number 512. A line that is given back becomes an input, as on many
 * chips.
 */
final class FakeKernel implements Sysfs.Writer {
  static final int TAKEN = 53;
  static final int WITHOUT_INTERRUPT = 52;
  private static final int BASE = 512;

  /** Every write, as {@code file=text}. */
  final List<String> writes = new ArrayList<>();

  private final Path root;
  private String exportedAs = "in";
  private final Map<Integer, Boolean> levels = new ConcurrentHashMap<>();

  FakeKernel(Path root) throws IOException {
    this.root = root;
    Path parent = root.resolve("devices/platform/soc/fe200000.gpio");
    create(chip().resolve("base"), "512\n");
    create(chip().resolve("ngpio"), "54\n");
    Files.createDirectories(parent.resolve("gpiochip0"));
    Path bus = Files.createDirectories(root.resolve("bus/gpio/devices"));
    Files.createSymbolicLink(bus.resolve("gpiochip0"), parent.resolve("gpiochip0"));
    create(root.resolve("class/gpio/export"), "");
    create(root.resolve("class/gpio/unexport"), "");
  }

  /** The chip's folder of the class. */
  Path chip() {
    return root.resolve("devices/platform/soc/fe200000.gpio/gpio/gpiochip512");
  }

  Sysfs sysfs() {
    return new Sysfs(root, Path.of("/dev/gpiochip0"), this);
  }

  Path pin(int line) {
    return root.resolve("class/gpio/gpio" + (BASE + line));
  }

  /** The level at a line, from outside. The kernel says so to who watches. */
  FakeKernel set(int line, boolean high) throws IOException {
    levels.put(line, high);
    if (Files.exists(pin(line))) {
      try (RandomAccessFile value =
          new RandomAccessFile(pin(line).resolve("value").toFile(), "rw")) {
        value.write(high ? '1' : '0');
      }
    }
    return this;
  }

  boolean level(int line) {
    return levels.getOrDefault(line, false);
  }

  /** What lines are from now on when they are exported: {@code in} or {@code out}. */
  void exportAs(String direction) {
    exportedAs = direction;
  }

  /** Somebody made it an output before. */
  FakeKernel drive(int line, boolean high) throws IOException {
    export(line);
    direction(line, high ? "high" : "low");
    return this;
  }

  @Override
  public synchronized void write(Path file, String text) throws IOException {
    String name = root.resolve("class").relativize(file).toString();
    writes.add(name.replaceFirst("gpio/gpio", "gpio") + "=" + text);
    switch (name.substring(name.lastIndexOf('/') + 1)) {
      case "export" -> export(Integer.parseInt(text) - BASE);
      case "unexport" -> unexport(Integer.parseInt(text) - BASE);
      case "direction" -> direction(Integer.parseInt(name.replaceAll("\\D", "")) - BASE, text);
      default -> Files.writeString(file, text + "\n");
    }
  }

  private void export(int line) throws IOException {
    if (line == TAKEN || Files.exists(pin(line))) {
      throw new IOException("Device or resource busy");
    }
    create(pin(line).resolve("active_low"), "0\n");
    create(pin(line).resolve("direction"), exportedAs + "\n");
    create(pin(line).resolve("value"), level(line) ? "1\n" : "0\n");
    if (line != WITHOUT_INTERRUPT) {
      create(pin(line).resolve("edge"), "none\n");
    }
  }

  private void unexport(int line) throws IOException {
    for (String file : List.of("active_low", "direction", "value", "edge")) {
      Files.deleteIfExists(pin(line).resolve(file));
    }
    Files.delete(pin(line));
  }

  private void direction(int line, String text) throws IOException {
    Path edge = pin(line).resolve("edge");
    boolean told = Files.exists(edge) && !Files.readString(edge).equals("none\n");
    if (!text.equals("in") && told) {
      throw new IOException("Input/output error");
    }
    Files.writeString(pin(line).resolve("direction"), text.equals("in") ? "in\n" : "out\n");
    if (!text.equals("in")) {
      set(line, text.equals("high"));
    }
  }

  private static void create(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
  }
}
