package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What counts as late. */
final class OutagesTest {
  private final Outages outages = new Outages();

  @Test
  void withContactAllOfItCounts() {
    outages.add(100, 200, "a fault");
    assertThat(outages.late(300, 5000, 1000)).isEqualTo(4700);
  }

  @Test
  void anOutageDoesNotCount() {
    outages.add(100, 2000, "a fault");
    assertThat(outages.late(500, 2100, 1000)).isEqualTo(100);
  }

  @Test
  void anOutageThatBeginsSoonStartsTheCountAnew() {
    outages.add(900, 2000, "a fault");
    outages.add(2500, 4000, "a fault");
    assertThat(outages.late(500, 4100, 1000)).isEqualTo(100);
  }

  @Test
  void anOutageThatBeginsAfterTheArrivalOrMuchLaterIsNoExcuse() {
    outages.add(900, 2000, "a fault");
    assertThat(outages.late(500, 600, 1000)).isEqualTo(100);
    outages.add(20_000, 30_000, "a fault");
    assertThat(outages.late(5000, 31_000, 1000)).isEqualTo(26_000);
  }
}
