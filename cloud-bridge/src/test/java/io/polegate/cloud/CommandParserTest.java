package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.command.Command;
import io.polegate.api.data.Value;
import io.polegate.cloud.CommandParser.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandParserTest {
  private static final Command.Origin ORIGIN =
      new Command.Origin(Command.Origin.Kind.CLOUD, "city");
  private static final String GOOD =
      "{\"id\":\"c1\",\"device\":\"lamp-1\",\"point\":\"level\",\"value\":50,\"deadline\":1000}";

  private static Parsed parse(String json) {
    return CommandParser.parse(json.getBytes(StandardCharsets.UTF_8), ORIGIN);
  }

  @Test
  void aCommandIsRead() {
    assertThat(parse(GOOD))
        .isEqualTo(
            new Parsed.Valid(
                new Command(
                    "c1",
                    "lamp-1",
                    "level",
                    new Value.Int(50),
                    Instant.ofEpochMilli(1000),
                    ORIGIN)));
  }

  @Test
  void membersMayComeInAnyOrderAndUnknownOnesArePassedOver() {
    assertThat(
            parse(
                "{\"deadline\":1000,\"note\":{\"id\":[1,{\"id\":2}]},\"value\":50,"
                    + "\"point\":\"level\",\"device\":\"lamp-1\",\"id\":\"c1\"}"))
        .isEqualTo(parse(GOOD));
  }

  @Test
  void valuesKeepTheirKind() {
    assertThat(value("true")).isEqualTo(Optional.of(new Value.Bool(true)));
    assertThat(value("-7")).isEqualTo(Optional.of(new Value.Int(-7)));
    assertThat(value("7.0")).isEqualTo(Optional.of(new Value.Real(7)));
    assertThat(value("1e3")).isEqualTo(Optional.of(new Value.Real(1000)));
    assertThat(value("\"灯\"")).isEqualTo(Optional.of(new Value.Text("灯")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "{}", "[1]", "1e999", "NaN", "9223372036854775808", "{\"hex\":\"00\"}"})
  void whatIsNoValueIsRefusedUnderItsId(String value) {
    Parsed parsed = parse(GOOD.replace("50", value));
    assertThat(parsed).isInstanceOf(Parsed.Malformed.class);
    assertThat(((Parsed.Malformed) parsed).id()).contains("c1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "\"c1\"",
        "{",
        "}",
        "{}",
        "{\"id\":}",
        "{'id':'c1'}",
        "{\"id\":7,\"device\":\"d\",\"point\":\"p\",\"value\":1,\"deadline\":1}",
        "{\"id\":\"\",\"device\":\"d\",\"point\":\"p\",\"value\":1,\"deadline\":1}",
        "\u0000\u0001\u0002",
        "{\"id\":\"c1"
      })
  void whatHasNoIdIsMalformedWithoutOne(String json) {
    Parsed parsed = parse(json);
    assertThat(parsed).isInstanceOf(Parsed.Malformed.class);
    assertThat(((Parsed.Malformed) parsed).id()).isEmpty();
  }

  static List<String> brokenBehindTheId() {
    return List.of(
        GOOD.substring(0, GOOD.length() - 1),
        GOOD + "{}",
        GOOD.replace("\"lamp-1\"", "7"),
        GOOD.replace("\"level\"", "\"" + "p".repeat(65) + "\""),
        GOOD.replace("1000", "\"1000\""),
        GOOD.replace("1000", "-1"),
        GOOD.replace("1000", "1.5"),
        GOOD.replace("1000", "99999999999999999999"),
        GOOD.replace("1000", "9".repeat(1000)),
        GOOD.replace("50", "50,\"value\":51"),
        GOOD.replace("50", "[".repeat(5000) + "]".repeat(5000)),
        GOOD.replace(",\"deadline\":1000", ""));
  }

  @ParameterizedTest
  @MethodSource("brokenBehindTheId")
  void whatIsBrokenBehindTheIdIsRefusedUnderIt(String json) {
    Parsed parsed = parse(json);
    assertThat(parsed).isInstanceOf(Parsed.Malformed.class);
    assertThat(((Parsed.Malformed) parsed).id()).contains("c1");
  }

  @Test
  void largePayloadsAreNotLookedAt() {
    assertThat(parse(GOOD + " ".repeat(CommandParser.MAX_BYTES)))
        .isInstanceOf(Parsed.Malformed.class);
  }

  @Test
  void noDamageMakesItThrow() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
      for (int damage = 0; damage < 3; damage++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertThat(CommandParser.parse(bytes, ORIGIN)).isNotNull();
    }
  }

  private static Optional<Value> value(String json) {
    return parse(GOOD.replace("50", json)) instanceof Parsed.Valid valid
        ? Optional.of(valid.command().value())
        : Optional.empty();
  }
}
