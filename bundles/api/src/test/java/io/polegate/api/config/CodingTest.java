package io.polegate.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Coding.Factor;
import io.polegate.api.config.Coding.Meaning;
import io.polegate.api.config.Coding.RawRange;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.data.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class CodingTest {
  private final Coding tenths = Coding.linear(0.1, 0);

  private static Optional<Value> noOthers(String id) {
    return Optional.empty();
  }

  private static Decoded good(Value value) {
    return new Decoded.Good(value);
  }

  private static Decoded decoded(Coding coding, long raw) {
    return coding.decode(new Value.Int(raw), CodingTest::noOthers);
  }

  private static Coding named(Meaning... values) {
    return new Coding(
        1, 0, OptionalLong.empty(), Curve.LINEAR, List.of(values), List.of(), List.of(), List.of());
  }

  private static Coding dali() {
    return new Coding(
        1, 0, OptionalLong.empty(), Curve.DALI, List.of(), List.of(), List.of(), List.of());
  }

  @Test
  void threeTenthsAreWrittenAsATechnicianWould() {
    assertThat(decoded(tenths, 3)).isEqualTo(good(new Value.Real(0.3)));
    assertThat(decoded(Coding.linear(0.1, -40), 653)).isEqualTo(good(new Value.Real(25.3)));
  }

  @Test
  void numbersWithoutCodingKeepTheirKind() {
    assertThat(decoded(Coding.NONE, 7)).isEqualTo(good(new Value.Int(7)));
    assertThat(Coding.NONE.type(ValueType.INTEGER)).isEqualTo(ValueType.INTEGER);
    assertThat(tenths.type(ValueType.INTEGER)).isEqualTo(ValueType.REAL);
  }

  @Test
  void textIsNeverScaled() {
    assertThat(tenths.decode(new Value.Text("A"), CodingTest::noOthers))
        .isEqualTo(good(new Value.Text("A")));
  }

  @Test
  void commandIsRoundedToTheResolutionOfThePoint() {
    assertThat(tenths.encode(new Value.Real(42.57), ValueType.INTEGER, CodingTest::noOthers))
        .contains(new Value.Int(426));
    assertThat(tenths.encode(new Value.Int(42), ValueType.INTEGER, CodingTest::noOthers))
        .contains(new Value.Int(420));
  }

  @Test
  void fractionIsRefusedWhereThereIsNoScale() {
    assertThat(Coding.NONE.encode(new Value.Real(1.5), ValueType.INTEGER, CodingTest::noOthers))
        .isEmpty();
    assertThat(Coding.NONE.encode(new Value.Real(2.0), ValueType.INTEGER, CodingTest::noOthers))
        .contains(new Value.Int(2));
  }

  @Test
  void numbersBeyondTheRangeAndOtherKindsAreRefused() {
    assertThat(tenths.encode(new Value.Real(1e300), ValueType.INTEGER, CodingTest::noOthers))
        .isEmpty();
    assertThat(tenths.encode(new Value.Bool(true), ValueType.INTEGER, CodingTest::noOthers))
        .isEmpty();
    assertThat(Coding.NONE.encode(new Value.Int(1), ValueType.BOOLEAN, CodingTest::noOthers))
        .isEmpty();
    Coding tiny = Coding.linear(1e-300, 0);
    assertThat(tiny.encode(new Value.Real(1e300), ValueType.REAL, CodingTest::noOthers)).isEmpty();
  }

  @Test
  void readBackProvesWithinHalfAStep() {
    Value wanted = new Value.Real(42.57);
    assertThat(tenths.proves(wanted, new Value.Real(42.6), ValueType.INTEGER)).isTrue();
    assertThat(tenths.proves(wanted, new Value.Real(42.5), ValueType.INTEGER)).isFalse();
  }

  @Test
  void readBackOfAFloatProvesDespiteItsRounding() {
    Value wanted = new Value.Real(230.2);
    assertThat(Coding.NONE.proves(wanted, new Value.Real(230.1999969482422), ValueType.REAL))
        .isTrue();
    assertThat(Coding.NONE.proves(wanted, new Value.Real(230.3), ValueType.REAL)).isFalse();
  }

  @Test
  void aNumberThatIsTooLargeOnceScaledHasNoValue() {
    assertThat(Coding.linear(10, 0).decode(new Value.Real(1e308), CodingTest::noOthers))
        .isInstanceOfSatisfying(
            Decoded.Bad.class, bad -> assertThat(bad.reason()).isEqualTo(BadReason.OUT_OF_RANGE));
  }

  @Test
  void rawNumbersHaveNames() {
    Coding breaker =
        named(
            new Meaning(new Value.Text("closed"), 0xF0, Map.of("zh", "合闸")),
            new Meaning(new Value.Text("open"), 0x0F, Map.of("zh", "分闸")));
    assertThat(decoded(breaker, 0xF0)).isEqualTo(good(new Value.Text("closed")));
    assertThat(decoded(breaker, 7))
        .isEqualTo(
            new Decoded.Bad(BadReason.NOT_DECODABLE, "the device sent 7, which has no name here"));
    assertThat(breaker.encode(new Value.Text("open"), ValueType.INTEGER, CodingTest::noOthers))
        .contains(new Value.Int(0x0F));
    assertThat(breaker.encode(new Value.Text("ajar"), ValueType.INTEGER, CodingTest::noOthers))
        .isEmpty();
    assertThat(breaker.type(ValueType.INTEGER)).isEqualTo(ValueType.TEXT);
  }

  @Test
  void rawNumbersCanMeanTrueAndFalse() {
    Coding relay =
        named(
            new Meaning(new Value.Bool(true), 0xFF00, Map.of()),
            new Meaning(new Value.Bool(false), 0, Map.of()));
    assertThat(decoded(relay, 0xFF00)).isEqualTo(good(new Value.Bool(true)));
    assertThat(relay.encode(new Value.Bool(false), ValueType.INTEGER, CodingTest::noOthers))
        .contains(new Value.Int(0));
  }

  @Test
  void signsForAFaultAndForNoSensorAreNoValues() {
    Coding ultrasonic =
        new Coding(
            0.1,
            0,
            OptionalLong.empty(),
            Curve.LINEAR,
            List.of(),
            List.of(new RawRange(0xFFFD, 0xFFFE)),
            List.of(new RawRange(0, 0)),
            List.of());
    assertThat(decoded(ultrasonic, 0xFFFD))
        .isEqualTo(
            new Decoded.Bad(BadReason.SENSOR_FAULT, "the device sent 65533, its sign for a fault"));
    assertThat(decoded(ultrasonic, 0))
        .isEqualTo(
            new Decoded.Bad(BadReason.SENSOR_FAULT, "the device sent 0, its sign for no sensor"));
    assertThat(decoded(ultrasonic, 0xFFFC)).isEqualTo(good(new Value.Real(6553.2)));
  }

  @Test
  void numbersFromTenThousandOnAreNegativeWhereTheMakerCodesTheSignSo() {
    Coding board =
        new Coding(
            0.1,
            0,
            OptionalLong.of(10_000),
            Curve.LINEAR,
            List.of(),
            List.of(),
            List.of(),
            List.of());
    assertThat(decoded(board, 10_101)).isEqualTo(good(new Value.Real(-10.1)));
    assertThat(decoded(board, 253)).isEqualTo(good(new Value.Real(25.3)));
    assertThat(board.encode(new Value.Real(-10.1), ValueType.INTEGER, CodingTest::noOthers))
        .contains(new Value.Int(10_101));
  }

  @Test
  void daliLevelsFollowTheCurveOfTheStandard() {
    // IEC 62386-102: 254 is 100 %, 229 is 50.53 %, 170 is 10.1 %, 1 is 0.1 %
    assertThat(percent(254)).isEqualTo(100, within());
    assertThat(percent(229)).isEqualTo(50.53, within());
    assertThat(percent(170)).isEqualTo(10.09, within());
    assertThat(percent(1)).isEqualTo(0.1, within());
    assertThat(percent(0)).isZero();
    for (int level = 0; level <= 254; level++) {
      Value back = new Value.Real(percent(level));
      assertThat(dali().encode(back, ValueType.INTEGER, CodingTest::noOthers))
          .contains(new Value.Int(level));
      assertThat(dali().proves(back, back, ValueType.INTEGER)).isTrue();
    }
  }

  private static double percent(int level) {
    return Coding.number(((Decoded.Good) decoded(dali(), level)).value());
  }

  private static Offset<Double> within() {
    return Offset.offset(0.01);
  }

  @Test
  void otherPointsTellTheScale() {
    Coding level =
        new Coding(
            1,
            0,
            OptionalLong.empty(),
            Curve.LINEAR,
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new Factor("decimals", Map.of(new Value.Int(0), 1.0, new Value.Int(1), 0.1)),
                new Factor("unit-code", Map.of(new Value.Text("cm"), 10.0))));
    Map<String, Value> told =
        Map.of("decimals", new Value.Real(1), "unit-code", new Value.Text("cm"));
    assertThat(level.decode(new Value.Int(1234), id -> Optional.ofNullable(told.get(id))))
        .isEqualTo(good(new Value.Real(1234)));
    assertThat(decoded(level, 1234))
        .isEqualTo(
            new Decoded.Bad(
                BadReason.NOT_DECODABLE, "the point that tells the scale has no such value"));
    assertThat(level.encode(new Value.Int(5), ValueType.INTEGER, CodingTest::noOthers)).isEmpty();
  }
}
