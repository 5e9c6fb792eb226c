package io.polegate.core;

import io.polegate.api.config.PointSpec;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.core.FreshRead.Fresh;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Proves commands by what their points show some time later. Runs on the thread of the bus, which
 * does other things between two looks.
 */
final class ProofRun {
  private final FreshRead reads;
  private final Proofs proofs;
  private final LongSupplier nanos;

  ProofRun(FreshRead reads, Proofs proofs, LongSupplier nanos) {
    this.reads = reads;
    this.proofs = proofs;
    this.nanos = nanos;
  }

  /** Something was written to this point, or may have been. */
  void written(PolledPoint point) {
    proofs.overtake(point);
  }

  /** A command was taken by its device: from now it has the time of its proof. */
  void begin(PendingCommand command, PointSpec.Proof spec) {
    command
        .device()
        .point(spec.point())
        .filter(point -> point.spec().access().readable())
        .ifPresentOrElse(
            shown -> proofs.add(new Unproved(command, spec, shown, nanos.getAsLong())),
            () ->
                command.unconfirmed(
                    Optional.empty(), "written; point \"" + spec.point() + "\" cannot be read"));
  }

  /**
   * Looks once, and answers the command if it shows its effect or its time is over.
   *
   * @return whether the look was answered
   */
  boolean look(Unproved unproved) throws DeviceSilentException, EndpointDownException {
    unproved.looking(nanos.getAsLong());
    boolean isLast = unproved.endsIn(nanos.getAsLong()) <= 0;
    Fresh fresh;
    try {
      fresh = reads.of(unproved.device(), unproved.shown());
    } catch (DeviceSilentException | EndpointDownException e) {
      unproved.saw(Optional.empty(), "cannot be read, " + Errors.inWords(e));
      throw e;
    }
    unproved.saw(fresh.value(), "reads " + Words.of(fresh.reading()));
    if (fresh.value().filter(unproved::isProvedBy).isPresent()) {
      proofs.proved(unproved, fresh.value().get());
    } else if (isLast) {
      proofs.late(unproved);
    }
    return !fresh.isSilent();
  }
}
