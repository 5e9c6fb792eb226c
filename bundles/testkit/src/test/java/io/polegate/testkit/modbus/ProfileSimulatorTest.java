package io.polegate.testkit.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Coding;
import io.polegate.api.config.Coding.Factor;
import io.polegate.api.config.Coding.Meaning;
import io.polegate.api.config.Coding.RawRange;
import io.polegate.api.config.Curve;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PointSpec;
import io.polegate.api.config.PointSpec.Limits;
import io.polegate.api.config.PointSpec.ReportSpec;
import io.polegate.api.data.Value;
import io.polegate.api.driver.Access;
import io.polegate.api.settings.Settings;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The encoder against frames that makers published: it may not learn from our own driver. */
class ProfileSimulatorTest {
  private static Settings settings(String... pairs) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      texts.put(pairs[i], pairs[i + 1]);
    }
    return new Settings(texts);
  }

  private static PointSpec point(String id, Coding coding, double min, double max, String... more) {
    return new PointSpec(
        id,
        Map.of(),
        settings(more),
        coding,
        "",
        Access.READ_WRITE,
        new Limits(OptionalDouble.of(min), OptionalDouble.of(max)),
        ReportSpec.ALWAYS,
        Optional.empty());
  }

  private static DeviceSpec device(Settings settings, PointSpec... points) {
    return new DeviceSpec("d", Map.of(), "b", Duration.ofSeconds(1), settings, List.of(points));
  }

  private static ProfileSimulator simulated(PointSpec... points) {
    return new ProfileSimulator(device(Settings.NONE, points));
  }

  private static Coding coding(
      OptionalLong negativeFrom, Curve curve, List<Meaning> values, List<Factor> factors) {
    return new Coding(
        1,
        0,
        negativeFrom,
        curve,
        values,
        List.of(new RawRange(0xFFFF, 0xFFFF)),
        List.of(),
        factors);
  }

  @Test
  void putsNumbersAsAnEastronAndAPzemMeterDo() {
    ProfileSimulator device =
        simulated(
            point("voltage", Coding.NONE, 0, 300, "address", "input:0", "type", "float32"),
            point(
                "current",
                Coding.linear(0.001, 0),
                0,
                100,
                "address",
                "input:0x10",
                "type",
                "uint32",
                "word-order",
                "low-first"));

    device.put("voltage", new Value.Real(230.2));
    device.put("current", new Value.Int(0x0001_04D2));

    assertThat(device.unit().get(Table.INPUT, 0)).isEqualTo(0x4366);
    assertThat(device.unit().get(Table.INPUT, 1)).isEqualTo(0x3333);
    assertThat(device.unit().get(Table.INPUT, 0x10)).isEqualTo(0x04D2);
    assertThat(device.unit().get(Table.INPUT, 0x11)).isEqualTo(1);
    assertThat(device.shown("voltage")).contains(new Value.Real(230.2));
    assertThat(device.shown("current")).contains(new Value.Real(66.77));
  }

  @Test
  void putsBitsBytesAndTexts() {
    ProfileSimulator device =
        simulated(
            point("low", Coding.NONE, 0, 1, "address", "holding:4.0"),
            point("high", Coding.NONE, 0, 1, "address", "holding:4.15"),
            point(
                "text", Coding.NONE, 0, 1, "address", "holding:8", "type", "string", "length", "2"),
            point(
                "swapped",
                Coding.NONE,
                0,
                65535,
                "address",
                "holding:6",
                "byte-order",
                "low-first"));

    device.put("low", new Value.Bool(true));
    device.put("high", new Value.Bool(true));
    device.put("swapped", new Value.Int(0x1234));
    device.put("text", new Value.Text("abc"));

    assertThat(device.unit().get(Table.HOLDING, 4)).isEqualTo(0x8001);
    assertThat(device.unit().get(Table.HOLDING, 6)).isEqualTo(0x3412);
    assertThat(device.unit().get(Table.HOLDING, 8)).isEqualTo(0x6162);
    assertThat(device.unit().get(Table.HOLDING, 9)).isEqualTo(0x6300);
    assertThat(device.shown("text")).contains(new Value.Text("abc"));
  }

  @Test
  void meansWhatTheCodingSays() {
    ProfileSimulator device =
        simulated(
            point(
                "signed",
                coding(OptionalLong.of(10_000), Curve.LINEAR, List.of(), List.of()),
                -500,
                500,
                "address",
                "holding:0"),
            point(
                "level",
                coding(OptionalLong.empty(), Curve.DALI, List.of(), List.of()),
                0,
                100,
                "address",
                "holding:1"));

    device.put("signed", new Value.Int(10_123));
    device.put("level", new Value.Int(254));
    assertThat(device.shown("signed")).contains(new Value.Real(-123));
    assertThat(Coding.number(device.shown("level").orElseThrow())).isBetween(99.9999, 100.0001);

    device.put("signed", new Value.Int(0xFFFF));
    assertThat(device.shown("signed")).isEmpty();
  }

  /** A level in a unit that another register tells, and that may be none. */
  private static ProfileSimulator scaledByItsUnit() {
    List<Meaning> names =
        List.of(
            new Meaning(new Value.Text("cm"), 1, Map.of()),
            new Meaning(new Value.Text("mm"), 2, Map.of()),
            new Meaning(new Value.Text("unitless"), 0, Map.of()));
    Factor byUnit =
        new Factor("code", Map.of(new Value.Text("cm"), 10.0, new Value.Text("mm"), 1.0));
    Coding scaled = coding(OptionalLong.empty(), Curve.LINEAR, List.of(), List.of(byUnit));
    Coding named = coding(OptionalLong.empty(), Curve.LINEAR, names, List.of());
    return simulated(
        point("level", scaled, -100, 3000, "address", "holding:4", "type", "int16"),
        point("code", named, 0, 0, "address", "holding:2"));
  }

  @Test
  void playsEachNameAndEachScaleInTurn() {
    ProfileSimulator device = scaledByItsUnit();
    Set<Value> seen = new HashSet<>();
    for (int round = 0; round < device.rounds(); round++) {
      Map<String, Value> shown = device.play(round);
      Value code = shown.getOrDefault("code", new Value.Bool(false));
      seen.add(code);
      assertThat(shown.containsKey("level")).isNotEqualTo(code.equals(new Value.Text("unitless")));
      if (shown.get("level") instanceof Value.Real level) {
        assertThat(level.value()).isBetween(-100.0, 3000.0);
      }
    }
    assertThat(seen).hasSize(3);
  }

  @Test
  void pointsOnOneRegisterAreInDifferentParts() {
    PointSpec whole = point("whole", Coding.NONE, 0, 9, "address", "holding:4");
    PointSpec bit = point("bit", Coding.NONE, 0, 1, "address", "holding:4.0");
    PointSpec other = point("other", Coding.NONE, 0, 1, "address", "holding:4.1");
    PointSpec coil = point("coil", Coding.NONE, 0, 1, "address", "coil:4");

    assertThat(ProfileSimulator.parts(device(Settings.NONE, whole, bit, other, coil)))
        .containsExactly(List.of(whole, coil), List.of(bit, other));
  }

  @Test
  void aDeviceThatKnowsTheOtherFunctionHasItsRegistersThere() {
    PointSpec point = point("p", Coding.NONE, 0, 9, "address", "holding:4");
    DeviceSpec either = device(settings("registers", "either"), point);

    ProfileSimulator device = new ProfileSimulator(either, either.points(), true);
    device.put("p", new Value.Int(7));

    assertThat(device.unit().get(Table.INPUT, 4)).isEqualTo(7);
    assertThat(device.unit().answer(new byte[] {3, 0, 4, 0, 1})).containsExactly(0x83, 1);
    assertThat(device.unit().answer(new byte[] {4, 0, 4, 0, 1})).containsExactly(4, 2, 0, 7);
  }
}
