package io.polegate.demo;

import java.time.Duration;
import java.util.Optional;

/** What the command line asks for. */
sealed interface Options {

  /**
   * Run the demo.
   *
   * @param length when to end by itself, counted from the start; empty runs until stopped
   * @param httpPort of the console, 0 for any that is free
   * @param mqttPort of the broker, 0 for any that is free
   */
  record Run(Optional<Duration> length, int httpPort, int mqttPort) implements Options {}

  /** Print the usage and end. */
  record Help() implements Options {}

  /** Not understood. */
  record Wrong(String message) implements Options {}

  String USAGE =
      """
      usage: polegate-demo [--seconds N] [--http PORT] [--mqtt PORT]
      Runs the gateway with five simulated devices and shows what a platform receives.
      --seconds  end after N seconds, 1 to 86400; runs until Ctrl-C if not given
      --http     port of the console on 127.0.0.1, 8080 if not given, 0 for any that is free
      --mqtt     port of the broker on 127.0.0.1, 1883 if not given, 0 for any that is free
      Exit codes: 0 good, 1 something failed or a device never delivered, 2 wrong usage.
      """;

  /** Understands the command line. */
  static Options parse(String... words) {
    Run run = new Run(Optional.empty(), 8080, 1883);
    for (int i = 0; i < words.length; i += 2) {
      String option = words[i];
      if (option.equals("--help") || option.equals("-h")) {
        return new Help();
      }
      if (i + 1 == words.length) {
        return new Wrong(option + " is unknown or needs a value");
      }
      Options next = with(run, option, words[i + 1]);
      if (!(next instanceof Run better)) {
        return next;
      }
      run = better;
    }
    return run;
  }

  private static Options with(Run run, String option, String value) {
    return switch (option) {
      case "--seconds" ->
          inRange(value, 1, 86_400)
              ? new Run(
                  Optional.of(Duration.ofSeconds(Integer.parseInt(value))),
                  run.httpPort(),
                  run.mqttPort())
              : new Wrong("--seconds needs a number from 1 to 86400, not \"" + value + "\"");
      case "--http" ->
          inRange(value, 0, 65_535)
              ? new Run(run.length(), Integer.parseInt(value), run.mqttPort())
              : new Wrong("--http needs a port from 0 to 65535, not \"" + value + "\"");
      case "--mqtt" ->
          inRange(value, 0, 65_535)
              ? new Run(run.length(), run.httpPort(), Integer.parseInt(value))
              : new Wrong("--mqtt needs a port from 0 to 65535, not \"" + value + "\"");
      default -> new Wrong("there is no option \"" + option + "\"");
    };
  }

  private static boolean inRange(String text, int min, int max) {
    return text.matches("[0-9]{1,5}")
        && Integer.parseInt(text) >= min
        && Integer.parseInt(text) <= max;
  }
}
