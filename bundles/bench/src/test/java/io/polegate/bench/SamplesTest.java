package io.polegate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SamplesTest {
  @Test
  void medianOfAnOddNumberIsTheMiddleOne() {
    assertThat(new Samples(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
  }

  @Test
  void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    assertThat(new Samples(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3);
  }

  @Test
  void aQuantileIsTheLeastValueThatSoManyDoNotExceed() {
    Samples hundred = new Samples(IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList());
    assertThat(hundred.quantile(0.99)).isEqualTo(99);
    assertThat(hundred.quantile(1)).isEqualTo(100);
    assertThat(new Samples(List.of(7.0)).quantile(0.5)).isEqualTo(7);
  }

  @Test
  void ratiosAreTakenRoundByRound() {
    Samples ours = new Samples(List.of(10.0, 1.0));
    Samples reference = new Samples(List.of(5.0, 2.0));
    assertThat(ours.over(reference).all()).containsExactly(2.0, 0.5);
  }

  @Test
  void ratiosNeedTheSameRounds() {
    Samples one = new Samples(List.of(1.0));
    assertThatThrownBy(() -> one.over(new Samples(List.of(1.0, 2.0))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
