package io.polegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.PointSpec.Scaling;
import io.polegate.api.data.Value;
import io.polegate.api.data.ValueType;
import org.junit.jupiter.api.Test;

final class ScalerTest {
  private final Scaler tenths = new Scaler(new Scaling(0.1, 0), ValueType.INTEGER);
  private final Scaler whole = new Scaler(Scaling.NONE, ValueType.INTEGER);

  @Test
  void threeTenthsAreWrittenAsATechnicianWould() {
    assertThat(tenths.toUnit(new Value.Int(3))).contains(new Value.Real(0.3));
    assertThat(new Scaler(new Scaling(0.1, -40), ValueType.INTEGER).toUnit(new Value.Int(653)))
        .contains(new Value.Real(25.3));
  }

  @Test
  void unscaledNumbersKeepTheirKind() {
    assertThat(whole.toUnit(new Value.Int(7))).contains(new Value.Int(7));
  }

  @Test
  void textIsNeverScaled() {
    assertThat(tenths.toUnit(new Value.Text("A"))).contains(new Value.Text("A"));
  }

  @Test
  void commandIsRoundedToTheResolutionOfThePoint() {
    assertThat(tenths.toRaw(new Value.Real(42.57))).contains(new Value.Int(426));
    assertThat(tenths.toRaw(new Value.Int(42))).contains(new Value.Int(420));
  }

  @Test
  void fractionIsRefusedWhereThereIsNoScale() {
    assertThat(whole.toRaw(new Value.Real(1.5))).isEmpty();
    assertThat(whole.toRaw(new Value.Real(2.0))).contains(new Value.Int(2));
  }

  @Test
  void numbersBeyondTheRangeAndOtherKindsAreRefused() {
    assertThat(tenths.toRaw(new Value.Real(1e300))).isEmpty();
    assertThat(tenths.toRaw(new Value.Bool(true))).isEmpty();
    assertThat(new Scaler(Scaling.NONE, ValueType.BOOLEAN).toRaw(new Value.Int(1))).isEmpty();
    assertThat(new Scaler(new Scaling(1e-300, 0), ValueType.REAL).toRaw(new Value.Real(1e300)))
        .isEmpty();
  }

  @Test
  void readBackProvesWithinHalfAStep() {
    assertThat(tenths.proves(new Value.Real(42.57), new Value.Real(42.6))).isTrue();
    assertThat(tenths.proves(new Value.Real(42.57), new Value.Real(42.5))).isFalse();
  }

  @Test
  void readBackOfAFloatProvesDespiteItsRounding() {
    Scaler real = new Scaler(Scaling.NONE, ValueType.REAL);
    assertThat(real.proves(new Value.Real(230.2), new Value.Real(230.1999969482422))).isTrue();
    assertThat(real.proves(new Value.Real(230.2), new Value.Real(230.3))).isFalse();
  }

  @Test
  void aNumberThatIsTooLargeOnceScaledHasNoValue() {
    Scaler tens = new Scaler(new Scaling(10, 0), ValueType.REAL);
    assertThat(tens.toUnit(new Value.Real(1e308))).isEmpty();
  }
}
