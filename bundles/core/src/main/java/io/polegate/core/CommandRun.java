package io.polegate.core;

import io.polegate.api.config.PointSpec;
import io.polegate.api.driver.DeviceSilentException;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.WriteRejectedException;
import io.polegate.core.FreshRead.Fresh;
import io.polegate.core.GuardCheck.Refusal;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Writes one command's value unless a lock forbids it, and proves it: by reading the point back at
 * once, or later where the device takes its time. Runs on the thread of the bus.
 */
final class CommandRun {
  private final GuardedDriver driver;
  private final FreshRead reads;
  private final GuardCheck guards;
  private final ProofRun proofs;
  private final LongSupplier nanos;

  CommandRun(GuardedDriver driver, FreshRead reads, ProofRun proofs, LongSupplier nanos) {
    this.driver = driver;
    this.reads = reads;
    this.guards = new GuardCheck(reads);
    this.proofs = proofs;
    this.nanos = nanos;
  }

  /**
   * Answers the command, once, now or when it is proved.
   *
   * @return whether all was answered
   * @throws DeviceSilentException if the device did not answer; the command is answered already
   * @throws EndpointDownException if the endpoint is gone; the command is answered already
   */
  boolean run(PendingCommand pending) throws DeviceSilentException, EndpointDownException {
    Optional<Refusal> refusal = refusal(pending);
    if (refusal.isPresent()) {
      pending.refused(refusal.get().message());
      return refusal.get().answered();
    }
    if (nanos.getAsLong() - pending.deadlineNanos() > 0) {
      pending.refused("too late: the deadline passed while its lock was read");
      return true;
    }
    if (!isTaken(pending)) {
      return true;
    }
    Optional<PointSpec.Proof> proof = pending.point().spec().proof();
    boolean answered = true;
    if (proof.isPresent()) {
      proofs.begin(pending, proof.get());
    } else if (pending.point().spec().access().readable()) {
      answered = readBack(pending);
    } else {
      pending.done(Optional.empty());
    }
    pending.device().heard(nanos.getAsLong());
    return answered;
  }

  private Optional<Refusal> refusal(PendingCommand pending)
      throws DeviceSilentException, EndpointDownException {
    try {
      return guards.refusal(pending);
    } catch (DeviceSilentException | EndpointDownException e) {
      pending.refused("not written, its lock cannot be read: " + Errors.inWords(e));
      throw e;
    }
  }

  /** Writes it; false if the device refuses, which is its answer then. */
  private boolean isTaken(PendingCommand pending)
      throws DeviceSilentException, EndpointDownException {
    try {
      driver.write(pending.point().point(), pending.raw());
    } catch (WriteRejectedException e) {
      pending.failed(Errors.inWords(e));
      pending.device().heard(nanos.getAsLong());
      return false;
    } catch (DeviceSilentException e) {
      proofs.written(pending.point());
      pending.unconfirmed(Optional.empty(), "no answer to the write: " + Errors.inWords(e));
      throw e;
    } catch (EndpointDownException e) {
      proofs.written(pending.point());
      pending.unconfirmed(Optional.empty(), "bus lost during the write: " + Errors.inWords(e));
      throw e;
    }
    proofs.written(pending.point());
    return true;
  }

  private boolean readBack(PendingCommand pending)
      throws DeviceSilentException, EndpointDownException {
    Fresh fresh;
    try {
      fresh = reads.of(pending.device(), pending.point());
    } catch (DeviceSilentException | EndpointDownException e) {
      pending.unconfirmed(Optional.empty(), "written, not read back: " + Errors.inWords(e));
      throw e;
    }
    if (fresh.value().isEmpty()) {
      pending.unconfirmed(Optional.empty(), "written, reads back " + Words.of(fresh.reading()));
    } else if (pending.point().proves(pending.command().value(), fresh.value().get())) {
      pending.done(fresh.value());
    } else {
      pending.unconfirmed(fresh.value(), "the point reads back another value");
    }
    return !fresh.isSilent();
  }
}
