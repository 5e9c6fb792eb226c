package io.polegate.driver.serial;

import io.polegate.api.serial.SerialSettings;
import io.polegate.api.settings.Schema;
import io.polegate.api.settings.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Everything that can be set, and the only place where it is described. */
final class LineSettings {
  static final Setting<Duration> TIMEOUT =
      Setting.duration("timeout", Duration.ofMillis(10), Duration.ofMinutes(5))
          .defaultsTo("500ms")
          .described(
              "wait for an answer, or for a line of a device that speaks by itself; transmission"
                  + " comes on top");
  static final Setting<Duration> GAP =
      Setting.duration("gap", Duration.ZERO, Duration.ofSeconds(1))
          .defaultsTo("20ms")
          .described("silence on the line before each request, never below 3.5 characters");
  static final Setting<Integer> MAX_LENGTH =
      Setting.integer("max-length", 8, 1024)
          .defaultsTo("256")
          .described("bytes of the longest line; what is longer is noise");
  static final Setting<String> LINE_END =
      end("line-end")
          .defaultsTo("\\r")
          .described("what ends a line; none if silence for gap ends it");
  static final Setting<String> SEND_END =
      end("send-end").described("what ends a request; by default line-end");

  static final Setting<String> ADDRESS =
      Setting.of(
              "address",
              "1 to 32 letters, digits, - or _",
              text -> {
                if (!text.matches("[A-Za-z0-9_-]{1,32}")) {
                  throw new IllegalArgumentException();
                }
                return text;
              })
          .described("replaces {address} in send, expect, write, confirm, answer and refusal");
  static final Setting<Encoding> ENCODING =
      Setting.choice("encoding", Encoding.class)
          .defaultsTo("ascii")
          .described("how text is bytes; with hex, text is two digits per byte everywhere");
  static final Setting<Checksum> CHECKSUM =
      Setting.choice("checksum", Checksum.class)
          .defaultsTo("none")
          .described(
              "in each line before its end, both ways: sum is ADAM's two digits, nmea is *5C,"
                  + " modbus-crc is two bytes");
  static final Setting<String> ANSWER =
      Setting.text("answer")
          .described(
              "pattern that all answers of the device begin with; lines without are not its own");
  static final Setting<String> REFUSAL =
      Setting.text("refusal")
          .described("text, not a pattern, that a refusal begins with: ?{address}");
  static final Setting<Boolean> FREE_RUNNING =
      Setting.flag("free-running")
          .defaultsTo("false")
          .described("whether the device speaks by itself; its points have no send");
  static final Setting<Duration> MAX_AGE =
      Setting.duration("max-age", Duration.ZERO, Duration.ofHours(24))
          .defaultsTo("10s")
          .described("with free-running: the oldest that a line may be when it is read");

  static final Setting<String> SEND =
      Setting.text("send").described("the request, without checksum and end: $AA6, \\x02Q");
  static final Setting<String> EXPECT =
      Setting.text("expect")
          .described(
              "pattern of the whole line without checksum and end, with a group (?<value>…)");
  static final Setting<FieldType> TYPE =
      Setting.choice("type", FieldType.class)
          .defaultsTo("real")
          .described(
              "what the group holds; hex is a whole number in hexadecimal, bytes two hexadecimal"
                  + " digits each");
  static final Setting<Integer> BIT =
      Setting.integer("bit", 0, 62)
          .described(
              "with type bool: the group is hexadecimal and this bit of it counts, 0 lowest");
  static final Setting<String> TRUE_IS =
      Setting.text("true-is").defaultsTo("1").described("with type bool: how true is written");
  static final Setting<String> FALSE_IS =
      Setting.text("false-is").defaultsTo("0").described("with type bool: how false is written");
  static final Setting<String> WRITE =
      Setting.text("write").described("the command, with {value} where the value goes");
  static final Setting<Picture> FORMAT =
      Setting.of("format", Picture.FORM, Picture::parse)
          .described("how a number is written; by default as short as it can be");
  static final Setting<String> CONFIRM =
      Setting.text("confirm")
          .described(
              "pattern of the whole answer to write; {value} in it is what was sent; without it no"
                  + " answer is awaited");

  static final Schema BUS = bus();
  static final Schema DEVICE =
      Schema.of(ADDRESS, ENCODING, CHECKSUM, ANSWER, REFUSAL, FREE_RUNNING, MAX_AGE);
  static final Schema POINT =
      Schema.of(SEND, EXPECT, TYPE, BIT, TRUE_IS, FALSE_IS, WRITE, FORMAT, CONFIRM);

  private LineSettings() {}

  /** Not {@link Setting#text}: a document may hold the characters themselves, which are blank. */
  private static Setting<String> end(String key) {
    return Setting.of(
        key,
        "none, or characters and \\r \\n \\t \\\\ \\x03",
        text -> {
          if (text.isEmpty()) {
            throw new IllegalArgumentException();
          }
          return text;
        });
  }

  private static Schema bus() {
    List<Setting<?>> settings = new ArrayList<>(SerialSettings.all());
    settings.addAll(List.of(TIMEOUT, GAP, MAX_LENGTH, LINE_END, SEND_END));
    return new Schema(settings);
  }
}
