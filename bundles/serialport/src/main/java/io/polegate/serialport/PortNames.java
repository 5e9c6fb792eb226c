package io.polegate.serialport;

import io.polegate.api.driver.EndpointDownException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the device file behind the name of a port, as the kernel tells it in sysfs. Immutable.
 *
 * @param sys where sysfs is, {@code /sys}
 * @param dev where device files are, {@code /dev}
 */
record PortNames(Path sys, Path dev) {
  private static final String USB = "usb:";

  /** The type that the kernel gives a port for which no chip was found. */
  private static final String NO_CHIP = "0";

  /** An adapter was plugged in by somebody; a chip on the board may lead nowhere. */
  private static final Comparator<String> LIKELIEST =
      Comparator.comparing(
              (String name) -> !name.startsWith("ttyUSB") && !name.startsWith("ttyACM"))
          .thenComparing(name -> name.startsWith("ttyS"))
          .thenComparing(String::length)
          .thenComparing(Comparator.naturalOrder());

  /**
   * The device file of a port, links followed.
   *
   * @throws EndpointDownException if there is none, naming what there is
   */
  Path resolve(String port) throws EndpointDownException {
    try {
      return (port.startsWith(USB) ? usb(port.substring(USB.length())) : Path.of(port))
          .toRealPath();
    } catch (IOException | InvalidPathException e) {
      throw new EndpointDownException("no serial port \"" + port + "\"" + present(), e);
    }
  }

  /** Device files of ports with a chip or an adapter behind them, the likeliest first. */
  List<String> likeliestFirst() {
    return ttys().keySet().stream()
        .sorted(LIKELIEST)
        .map(name -> dev.resolve(name).toString())
        .toList();
  }

  private String present() {
    List<String> names = likeliestFirst();
    return names.isEmpty() ? ": this machine has none" : ": there are " + String.join(", ", names);
  }

  private Path usb(String serialNumber) throws IOException, EndpointDownException {
    Map<String, List<String>> bySerialNumber = new TreeMap<>();
    ttys()
        .forEach(
            (name, device) ->
                serialNumber(device)
                    .ifPresent(
                        number ->
                            bySerialNumber
                                .computeIfAbsent(number, n -> new ArrayList<>())
                                .add(name)));
    List<String> found = bySerialNumber.getOrDefault(serialNumber, List.of());
    if (found.isEmpty()) {
      throw new EndpointDownException(
          "no USB adapter with serial number \"" + serialNumber + "\"" + among(bySerialNumber));
    }
    if (found.size() > 1) {
      throw new EndpointDownException(
          "several USB ports have serial number \""
              + serialNumber
              + "\": name one by its link in /dev/serial/by-path");
    }
    return dev.resolve(found.get(0));
  }

  private static String among(Map<String, List<String>> bySerialNumber) {
    return bySerialNumber.isEmpty()
        ? ": no adapter that is plugged in has one, name it by its link in /dev/serial/by-path"
        : ": there are " + String.join(", ", bySerialNumber.keySet());
  }

  /** The device behind each name. */
  private Map<String, Path> ttys() {
    Map<String, Path> ttys = new TreeMap<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(sys.resolve("class/tty"))) {
      for (Path name : names) {
        Path device = name.resolve("device");
        if (Files.exists(device) && !text(name.resolve("type")).equals(Optional.of(NO_CHIP))) {
          ttys.put(name.getFileName().toString(), device.toRealPath());
        }
      }
    } catch (IOException e) {
      // a machine without sysfs, or a port that was unplugged this moment: what was seen counts
      return ttys;
    }
    return ttys;
  }

  /** That of the nearest device above which has one: the adapter, not its interface. */
  private Optional<String> serialNumber(Path device) {
    for (Path at = device; at != null && !at.equals(sys); at = at.getParent()) {
      Optional<String> number = text(at.resolve("serial"));
      if (number.isPresent()) {
        return number;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      // most devices have no such file
      return Optional.empty();
    }
  }
}
