package io.polegate.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the command line says. */
sealed interface Options {
  /** How to use the command. */
  String USAGE =
      """
      usage: polegate-bench [append|wear|open|drain|alarm|modbus|load|pole|all]... [--short] [--folder DIR] [--backlog N]
        append   journal appends against plain batched SQLite inserts
        wear     bytes written to the disk per reading, against a row a reading
        open     a journal of 1 GB
        drain    uplink drain against the plainest loop and a bare publisher (needs mosquitto)
        alarm    from the edge of an alarm to a subscriber (needs mosquitto)
        modbus   Modbus reads, TCP and RTU, against a libmodbus client (needs gcc, libmodbus-dev)
        load     processor time of the gateway with 500 points a second (needs all of these)
        pole     memory and time to first reading of the gateway with five devices
        all      all of them, the default
        --short  only to see that everything works: the figures say nothing
        --folder where files are written (default: the temporary folder)
        --backlog readings that drain sends in a round (default: 100,000)
      """;

  /** The benchmarks. */
  enum Name {
    APPEND,
    WEAR,
    OPEN,
    DRAIN,
    ALARM,
    MODBUS,
    LOAD,
    POLE
  }

  /** Run these. */
  record Run(List<Name> names, Scale scale, Path folder) implements Options {
    public Run {
      names = List.copyOf(names);
    }
  }

  /** Only explain. */
  record Help() implements Options {}

  /** A mistake. */
  record Wrong(String message) implements Options {}

  static Options parse(List<String> words) {
    List<Name> names = new ArrayList<>();
    Scale scale = Scale.FULL;
    int backlog = 0;
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--help", "-h", "help" -> {
          return new Help();
        }
        case "--short" -> scale = Scale.SHORT;
        case "--backlog" -> backlog = number(rest.hasNext() ? rest.next() : "");
        case "--folder" -> folder = Path.of(rest.hasNext() ? rest.next() : "");
        default -> {
          List<Name> found = named(word);
          if (found.isEmpty()) {
            return new Wrong("there is no benchmark \"" + word + "\"");
          }
          names.addAll(found);
        }
      }
    }
    if (backlog < 0) {
      return new Wrong("--backlog needs a number from 100 to 99999999");
    }
    if (!Files.isDirectory(folder) || folder.toString().isEmpty()) {
      return new Wrong("--folder needs a folder that exists, not \"" + folder + "\"");
    }
    Scale chosen = backlog == 0 ? scale : scale.draining(backlog);
    return new Run(names.isEmpty() ? named("all") : names, chosen, folder);
  }

  private static int number(String word) {
    return word.matches("[1-9]\\d{2,7}") ? Integer.parseInt(word) : -1;
  }

  private static List<Name> named(String word) {
    return Stream.of(Name.values())
        .filter(name -> word.equals("all") || word.equals(name.name().toLowerCase(Locale.ROOT)))
        .toList();
  }
}
