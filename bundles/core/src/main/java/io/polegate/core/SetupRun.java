package io.polegate.core;

import io.polegate.api.data.Value;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Sample;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.core.FreshRead.Fresh;
import io.polegate.core.Setup.Item;
import io.polegate.core.Setup.Wrong;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Sees that devices have the values that they have to have, piece by piece, and tells what it had
 * to do. Runs on the thread of the bus.
 */
final class SetupRun {
  private final GuardedDriver driver;
  private final FreshRead reads;
  private final EventLog events;
  private final LongSupplier nanos;

  SetupRun(GuardedDriver driver, FreshRead reads, EventLog events, LongSupplier nanos) {
    this.driver = driver;
    this.reads = reads;
    this.events = events;
    this.nanos = nanos;
  }

  /**
   * Does one thing: reads all the values, or writes one and reads it back.
   *
   * @return whether all was answered
   */
  boolean step(PolledDevice device) throws DeviceSilentException, EndpointDownException {
    Setup setup = device.setup();
    try {
      Optional<Wrong> wrong = setup.next();
      boolean answered = wrong.isPresent() ? write(device, wrong.get()) : look(device);
      device.heard(nanos.getAsLong());
      return answered;
    } catch (DeviceSilentException e) {
      setup.unanswered(Errors.inWords(e));
      throw e;
    } finally {
      if (!setup.isDue()) {
        tell(device);
      }
    }
  }

  private boolean look(PolledDevice device) throws DeviceSilentException, EndpointDownException {
    Setup setup = device.setup();
    setup.looking();
    List<Fresh> fresh =
        setup.items().isEmpty()
            ? List.of()
            : reads.of(device, setup.items().stream().map(Item::point).toList());
    boolean answered = fresh.stream().noneMatch(Fresh::isSilent);
    if (!answered && setup.mayLookAgain()) {
      return false;
    }
    for (Item item : setup.items()) {
      fresh.stream()
          .filter(each -> each.point() == item.point())
          .forEach(each -> judge(setup, item, each));
    }
    setup.done();
    return answered;
  }

  private static void judge(Setup setup, Item item, Fresh fresh) {
    if (has(item, fresh.value())) {
      setup.has(item);
    } else if (fresh.sample() instanceof Sample.Bad) {
      setup.failed(item, "reads " + Words.of(fresh.reading()));
    } else {
      // also what cannot be named, or is beyond the limits: it is there, and it is another value
      setup.differs(item, Words.of(fresh.reading()));
    }
  }

  private static boolean has(Item item, Optional<Value> value) {
    return value.filter(shown -> item.point().proves(item.value(), shown)).isPresent();
  }

  private boolean write(PolledDevice device, Wrong wrong)
      throws DeviceSilentException, EndpointDownException {
    Setup setup = device.setup();
    Item item = wrong.item();
    setup.writing(wrong);
    try {
      driver.write(item.point().point(), wrong.raw());
    } catch (WriteRejectedException e) {
      setup.refused(item, "is refused: " + Errors.inWords(e));
      setup.done();
      return true;
    }
    Fresh fresh = reads.of(device, item.point());
    if (fresh.isSilent()) {
      setup.unanswered("point \"" + item.id() + "\" was not read back");
      return false;
    }
    if (!has(item, fresh.value())) {
      setup.failed(item, "reads back " + Words.of(fresh.reading()));
    }
    setup.done();
    return true;
  }

  private void tell(PolledDevice device) {
    String written = device.setup().written();
    String problems = device.setup().problems();
    if (!written.isEmpty() || !problems.isEmpty()) {
      events.deviceSetup(device.spec(), written, problems.isEmpty());
    }
    if (!problems.isEmpty()) {
      events.deviceSetupFailed(device.spec(), problems);
    }
  }
}
