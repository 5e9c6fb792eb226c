package io.polegate.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What several rounds gave.
 *
 * @param all at least one, in the order of the rounds
 */
record Samples(List<Double> all) {
  Samples {
    all = List.copyOf(all);
  }

  double median() {
    List<Double> sorted = all.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The least value that so much of them do not exceed; {@code part} is above 0, at most 1. */
  double quantile(double part) {
    List<Double> sorted = all.stream().sorted().toList();
    return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
  }

  double lowest() {
    return all.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double highest() {
    return all.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Round by round, so that what disturbs a round disturbs both sides of a quotient. */
  Samples over(Samples reference) {
    if (reference.all.size() != all.size()) {
      throw new IllegalArgumentException("not the same rounds");
    }
    return new Samples(
        IntStream.range(0, all.size()).mapToObj(i -> all.get(i) / reference.all.get(i)).toList());
  }
}
