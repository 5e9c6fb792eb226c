package io.polegate.bench;

/**
 * How much work a run does.
 *
 * @param rounds measured, after {@code warmUps}
 * @param appends readings per round of the append benchmark
 * @param drained readings per round of the drain benchmark
 * @param modbusReads reads per round of the Modbus benchmark
 * @param loadSeconds for which the load benchmark looks, after as long a warm-up
 * @param starts of the gateway
 * @param commits of the wear benchmark
 * @param openBytes of the journal that is opened
 * @param alarms one after the other
 * @param restSeconds from the first reading to the second look at the gateway's memory
 */
record Scale(
    int rounds,
    int warmUps,
    int appends,
    int drained,
    int modbusReads,
    int loadSeconds,
    int starts,
    int commits,
    int openBytes,
    int alarms,
    int restSeconds) {
  static final Scale FULL =
      new Scale(7, 2, 200_000, 100_000, 20_000, 30, 5, 2_000, 1_000_000_000, 2_000, 30);

  /** Shows that everything works; its rates say nothing. */
  static final Scale SHORT = new Scale(1, 0, 9_000, 3_000, 50, 1, 1, 50, 5_000_000, 20, 0);

  /** The same with another backlog to drain. */
  Scale draining(int readings) {
    return new Scale(
        rounds,
        warmUps,
        appends,
        readings,
        modbusReads,
        loadSeconds,
        starts,
        commits,
        openBytes,
        alarms,
        restSeconds);
  }
}
