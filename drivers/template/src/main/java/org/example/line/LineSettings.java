package org.example.line;

import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import java.time.Duration;
import java.util.regex.Pattern;

/** Everything that can be set, and the only place where it is described. */
final class LineSettings {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  static final Setting<String> HOST =
      Setting.text("host").required().described("name or address of the peer");
  static final Setting<Integer> PORT =
      Setting.integer("port", 1, 65_535).defaultsTo("7700").described("its TCP port");
  static final Setting<Duration> TIMEOUT =
      Setting.duration("timeout", Duration.ofMillis(50), Duration.ofMinutes(2))
          .defaultsTo("1s")
          .described("longest wait for a connection, and for an answer");

  static final Setting<String> STATION =
      word("station").required().described("who is asked behind the peer");
  static final Setting<String> NAME = word("name").required().described("what is asked for");

  static final Schema BUS = Schema.of(HOST, PORT, TIMEOUT);
  static final Schema DEVICE = Schema.of(STATION);
  static final Schema POINT = Schema.of(NAME);

  private LineSettings() {}

  private static Setting<String> word(String key) {
    return Setting.of(
        key,
        "1 to 32 letters, digits, - or _",
        text -> {
          if (!WORD.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
          }
          return text;
        });
  }
}
