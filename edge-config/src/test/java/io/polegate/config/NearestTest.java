package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class NearestTest {
  private static final Set<String> KNOWN = Set.of("baud", "parity", "stop-bits", "retry-limit");

  @Test
  void findsTheWordThatWasMeant() {
    assertThat(Nearest.to("buad", KNOWN)).contains("baud");
    assertThat(Nearest.to("baudrate", KNOWN)).contains("baud");
    assertThat(Nearest.to("stop_bits", KNOWN)).contains("stop-bits");
    assertThat(Nearest.to("retryLimit", KNOWN)).contains("retry-limit");
  }

  @Test
  void suggestsNothingThatIsFarAway() {
    assertThat(Nearest.to("colour", KNOWN)).isEmpty();
    assertThat(Nearest.to("", KNOWN)).isEmpty();
    assertThat(Nearest.to("x".repeat(10_000), KNOWN)).isEmpty();
  }

  @Test
  void distanceCountsLettersAndSwaps() {
    assertThat(Nearest.distance("abc", "abc")).isZero();
    assertThat(Nearest.distance("abc", "acb")).isEqualTo(1);
    assertThat(Nearest.distance("abc", "")).isEqualTo(3);
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
  }
}
