package io.polegate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs contenders in turn, round by round, the order reversed each time. */
final class Duel {
  private final Scale scale;

  Duel(Scale scale) {
    this.scale = scale;
  }

  /** The rates of each contender, in the order given, without the warm-up rounds. */
  List<Samples> run(Contender... contenders) throws Exception {
    List<List<Double>> rates =
        Stream.of(contenders).map(c -> (List<Double>) new ArrayList<Double>()).toList();
    for (int round = 0; round < scale.warmUps() + scale.rounds(); round++) {
      for (int turn = 0; turn < contenders.length; turn++) {
        int i = round % 2 == 0 ? turn : contenders.length - 1 - turn;
        double rate = contenders[i].round().run();
        if (round >= scale.warmUps()) {
          rates.get(i).add(rate);
        }
      }
    }
    return rates.stream().map(Samples::new).toList();
  }
}
