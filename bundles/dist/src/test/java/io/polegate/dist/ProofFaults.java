package io.polegate.dist;

import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.net.FaultyLink;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** Random faults of a link and its broker, all of them healed when a call returns. */
final class ProofFaults {
  private final Mosquitto broker;
  private final FaultyLink link;
  private final Random random;
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);

  /** What may go wrong. */
  enum Fault {
    BROKER_STOP,
    RESET,
    BLACK_HOLE_UP,
    BLACK_HOLE_DOWN,
    BLACK_HOLE,
    HALF_OPEN,
    SLOW,
    CUT,
    REFUSED
  }

  ProofFaults(Mosquitto broker, FaultyLink link, Random random) {
    this.broker = broker;
    this.link = link;
    this.random = random;
  }

  /** How often each was. */
  Map<Fault, Integer> done() {
    return done;
  }

  /** One fault; returns when the link is well again, though connections may be broken. */
  Fault next() throws IOException, InterruptedException {
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    done.merge(fault, 1, Integer::sum);
    switch (fault) {
      case BROKER_STOP -> {
        broker.stop();
        last(0, 1000);
        broker.start();
      }
      case RESET -> link.reset();
      case BLACK_HOLE_UP -> hole(true, false);
      case BLACK_HOLE_DOWN -> hole(false, true);
      case BLACK_HOLE -> hole(true, true);
      case HALF_OPEN -> link.halfOpen();
      case SLOW -> {
        link.slow(5_000 + random.nextInt(100_000));
        last(500, 2500);
        link.heal();
      }
      case CUT -> {
        link.cutAfter(1 + random.nextInt(200_000));
        last(200, 1500);
        link.reset(); // if too little came to be cut
      }
      case REFUSED -> {
        link.refuse();
        link.reset();
        last(200, 1500);
        link.heal();
      }
    }
    return fault;
  }

  private void hole(boolean toServer, boolean toClient) throws IOException, InterruptedException {
    link.blackHole(toServer, toClient);
    last(300, 3000);
    link.heal();
    // the others have to be noticed by the pole itself
    if (random.nextInt(10) < 7) {
      link.reset();
    }
  }

  /** It is the fault that takes this long. */
  private void last(int fromMillis, int toMillis) throws InterruptedException {
    Thread.sleep(fromMillis + random.nextInt(toMillis - fromMillis));
  }
}
