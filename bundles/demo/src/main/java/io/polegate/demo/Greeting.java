package io.polegate.demo;

import java.nio.file.Path;

/** The first lines: where everything is and what to try. */
final class Greeting {
  private Greeting() {}

  /** The text. */
  static String text(int httpPort, int mqttPort, Path log) {
    return """
    Polegate demo: one pole, five simulated devices (their day lasts four minutes), the real gateway

      console  http://127.0.0.1:%d/
      broker   tcp://127.0.0.1:%d, topics polegate/v1/%s/...
      log      %s
      set the lamp with
        %s
      end with Ctrl-C

    What the platform receives:
    """
        .formatted(httpPort, mqttPort, PoleDocument.POLE, log, command(mqttPort));
  }

  /** For the shell of the person who watches; each time with an id and a deadline of its own. */
  static String command(int mqttPort) {
    return "mosquitto_pub -h 127.0.0.1 -p %d -q 1 -t polegate/v1/%s/commands -m '%s'"
        .formatted(
            mqttPort,
            PoleDocument.POLE,
            "{\"id\":\"try-'$(date +%s)'\",\"device\":\"lamp-1\",\"point\":\"level\","
                + "\"value\":80,\"deadline\":'$(($(date +%s)+60))000'}");
  }
}
