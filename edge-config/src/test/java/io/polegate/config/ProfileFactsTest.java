package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person must be able to rely on in every shipped profile. */
final class ProfileFactsTest {
  private static final int LEAST = 40;
  private static final Set<String> CATEGORIES =
      Set.of(
          "environment",
          "water-level",
          "tilt",
          "meter",
          "relay",
          "input",
          "breaker",
          "leakage",
          "power",
          "lighting",
          "presence",
          "rain",
          "charger");
  private static final Set<String> UNITS =
      Set.of(
          "", "%", "°C", "°", "°/s", "V", "A", "mA", "W", "VA", "var", "kWh", "kvarh", "Hz", "Ah",
          "s", "ms", "min", "m", "cm", "mm", "m/s", "Bft", "g", "lx", "dB", "ppm", "ppb", "kPa",
          "bar", "W/m²", "µg/m³");
  private static final Pattern FRAME = Pattern.compile("\"((?:[0-9A-F]{2} )+[0-9A-F]{2})\"");
  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

  static List<String> ids() throws IOException {
    return ShippedProfiles.ids();
  }

  /** Those whose frames have a checksum of their own. */
  static List<String> modbusLines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String id : ShippedProfiles.golden()) {
      if (ShippedProfiles.drivers(id).contains("modbus-rtu")) {
        lines.add(id);
      }
    }
    return lines;
  }

  @Test
  void thereAreProfilesOfEveryKindOfDeviceOnAPole() throws IOException {
    Set<Object> categories = new TreeSet<>();
    for (String id : ids()) {
      categories.add(String.valueOf(ShippedProfiles.profile(id).get("category")));
    }

    assertThat(ids()).hasSizeGreaterThanOrEqualTo(LEAST);
    assertThat(categories).containsAll(CATEGORIES);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void saysWhereItsFactsAreFromAndHowFarTheyCanBeTrusted(String id) throws IOException {
    Map<Object, Object> profile = ShippedProfiles.profile(id);

    assertThat(id).matches("[a-z0-9-]{1,64}");
    assertThat(String.valueOf(profile.get("source"))).hasSizeGreaterThan(4);
    assertThat(profile.get("confidence")).isIn("high", "medium", "low");
    if ("low".equals(profile.get("confidence"))) {
      bothLanguages("note", profile.get("note"));
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void hasANameInBothLanguagesForEverythingThatPeopleSee(String id) throws IOException {
    Map<Object, Object> profile = ShippedProfiles.profile(id);

    bothLanguages("name", profile.get("name"));
    bothLanguages("maker", profile.get("maker"));
    for (String named : List.of("options", "parameters")) {
      ShippedProfiles.table(whole(id).get(named))
          .forEach(
              (key, content) -> bothLanguages(key, ShippedProfiles.table(content).get("name")));
    }
    points(id)
        .forEach(
            (point, content) -> {
              Map<?, ?> table = ShippedProfiles.table(content);
              bothLanguages(point, table.get("name"));
              assertChinese(point, ShippedProfiles.table(table.get("name")));
            });
  }

  @ParameterizedTest
  @MethodSource("ids")
  void tellsValuesInUnitsThatAreTheSameEverywhere(String id) throws IOException {
    points(id)
        .forEach(
            (point, content) -> {
              Object unit = ShippedProfiles.table(content).get("unit");
              assertThat(UNITS).as(point + " of " + id).contains(unit == null ? "" : (String) unit);
            });
  }

  @ParameterizedTest
  @MethodSource("ids")
  void isRecognisedByPointsThatItHas(String id) throws IOException {
    Map<?, ?> rules = ShippedProfiles.table(whole(id).get("identify"));

    assertThat(points(id).keySet().containsAll(rules.keySet())).as(rules.toString()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void hasADefaultForEachOption(String id) throws IOException {
    ShippedProfiles.table(whole(id).get("options"))
        .forEach(
            (option, content) -> {
              Map<?, ?> table = ShippedProfiles.table(content);
              assertThat(
                      ShippedProfiles.table(table.get("choices")).containsKey(table.get("default")))
                  .as("default of " + option)
                  .isTrue();
            });
  }

  @ParameterizedTest
  @MethodSource("modbusLines")
  void goldenFramesHaveTheirChecksum(String id) throws IOException {
    for (String frame : frames(id)) {
      byte[] bytes = HexFormat.ofDelimiter(" ").withUpperCase().parseHex(frame);
      assertThat(crc(bytes)).as(frame).isZero();
    }
  }

  private static List<String> frames(String id) throws IOException {
    String text = Files.readString(Path.of("src/test/resources/golden", id + ".yaml"));
    List<String> frames = new ArrayList<>();
    Matcher matcher = FRAME.matcher(text);
    while (matcher.find()) {
      frames.add(matcher.group(1));
    }
    return frames;
  }

  /** Over a frame with its own checksum behind it the CRC of Modbus is 0. */
  private static int crc(byte[] frame) {
    int crc = 0xFFFF;
    for (byte octet : frame) {
      crc ^= octet & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? crc >> 1 ^ 0xA001 : crc >> 1;
      }
    }
    return crc;
  }

  /** With all that it takes over, table by table. */
  private static Map<Object, Object> whole(String id) throws IOException {
    Map<Object, Object> own = ShippedProfiles.profile(id);
    return own.get("extends") instanceof String base ? merged(whole(base), own) : own;
  }

  private static Map<Object, Object> merged(Map<?, ?> base, Map<?, ?> top) {
    Map<Object, Object> both = new LinkedHashMap<>(base);
    top.forEach(
        (key, value) ->
            both.put(
                key,
                both.get(key) instanceof Map<?, ?> below && value instanceof Map<?, ?> above
                    ? merged(below, above)
                    : value));
    return both;
  }

  private static Map<?, ?> points(String id) throws IOException {
    return ShippedProfiles.table(whole(id).get("points"));
  }

  /** PM2.5 is PM2.5 in every language. */
  private static void assertChinese(Object point, Map<?, ?> names) {
    String chinese = String.valueOf(names.get("zh"));
    if (!chinese.equals(String.valueOf(names.get("en")))) {
      assertThat(chinese).as("Chinese name of " + point).containsPattern(CHINESE);
    }
  }

  private static void bothLanguages(Object what, @Nullable Object names) {
    Map<?, ?> table = ShippedProfiles.table(names);
    assertThat(Stream.of("zh", "en").map(table::get)).as("names of " + what).doesNotContainNull();
    assertThat(Stream.of("zh", "en").map(table::get).map(String::valueOf))
        .as("names of " + what)
        .noneMatch(String::isBlank);
  }
}
