package io.polegate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceLedgerTest {
  private final SequenceLedger ledger = new SequenceLedger();

  @Test
  void anUnbrokenSeriesHasNeitherHolesNorRepeats() {
    receive(1, 2, 3, 4);
    assertBooks(0, 0, 0);
  }

  @Test
  void theFirstNumberIsExpectedToBeOne() {
    receive(4);
    assertBooks(3, 0, 0);
  }

  @Test
  void aHoleClosesWhenASlowerLaneDeliversIt() {
    receive(1, 5);
    assertBooks(3, 0, 0);
    receive(3, 2, 4);
    assertBooks(0, 0, 0);
  }

  @Test
  void everySecondArrivalIsARepeat() {
    receive(1, 2, 2, 1, 3);
    assertBooks(0, 2, 0);
  }

  @Test
  void aGapRecordExplainsWhatIsMissing() {
    receive(1, 10);
    ledger.lost(2, 8);
    assertBooks(1, 0, 7);
  }

  @Test
  void itemsOfOtherLanesInsideAGapAreNoRepeats() {
    ledger.lost(1, 8);
    receive(4, 5, 4);
    assertBooks(0, 1, 6);
  }

  @Test
  void aGapAheadOfWhatCameIsNoHole() {
    receive(1);
    ledger.lost(2, 6);
    receive(7);
    assertBooks(0, 0, 5);
  }

  @Test
  void hugeNumbersCostNothing() {
    receive(Long.MAX_VALUE - 1);
    assertThat(ledger.holes()).isEqualTo(Long.MAX_VALUE - 2);
  }

  @Test
  void aGapThatMakesNoSenseIsIgnored() {
    ledger.lost(5, 2);
    ledger.lost(-3, 2);
    receive(1);
    assertBooks(0, 0, 0);
  }

  private void receive(long... numbers) {
    for (long number : numbers) {
      ledger.received(number);
    }
  }

  private void assertBooks(long holes, long repeats, long declaredLosses) {
    assertThat(ledger.holes()).as("holes").isEqualTo(holes);
    assertThat(ledger.repeats()).as("repeats").isEqualTo(repeats);
    assertThat(ledger.declaredLosses()).as("declared losses").isEqualTo(declaredLosses);
  }
}
