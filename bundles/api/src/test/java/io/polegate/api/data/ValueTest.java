package io.polegate.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ValueTest {
  @Test
  void bytesShareTheirArrayWithNobody() {
    byte[] given = {1, 2};
    Bytes bytes = Bytes.of(given);
    given[0] = 9;
    bytes.toArray()[1] = 9;
    assertThat(bytes.toHex()).isEqualTo("0102");
    assertThat(bytes).isEqualTo(Bytes.ofHex("0102")).hasSameHashCodeAs(Bytes.ofHex("0102"));
  }

  @Test
  void whatIsNoNumberIsNoRealValue() {
    assertThatThrownBy(() -> new Value.Real(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Value.Real(Double.NEGATIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void badReasonsComeBackFromTheirWireName() {
    for (BadReason reason : BadReason.values()) {
      assertThat(BadReason.ofWireName(reason.wireName())).isEqualTo(reason);
    }
    assertThat(BadReason.DEVICE_SILENT.wireName()).isEqualTo("device-silent");
  }
}
