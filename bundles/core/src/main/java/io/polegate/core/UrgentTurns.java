package io.polegate.core;

import io.polegate.core.Piece.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What goes before all that is planned at an endpoint: heartbeats, looks at the effect of commands,
 * and commands, each kind in its turn, so that none keeps the others away. Confined to the thread
 * of the endpoint.
 */
final class UrgentTurns {
  /**
   * After so many in a row something else that is due goes first, so that a flood of them blinds
   * nobody.
   */
  private static final int MOST_IN_A_ROW = 16;

  private static final List<Kind> KINDS = List.of(Kind.BEAT, Kind.LOOK, Kind.COMMAND);

  private int inARow;
  private Kind last = Kind.READ;

  /**
   * One of several that are due.
   *
   * @param isLast whether it is the last word to a device that goes, which goes first
   */
  private record Due(boolean isLast, long dueIn, Piece piece) {
    private static final Comparator<Due> ORDER =
        Comparator.comparing(Due::isLast).reversed().thenComparingLong(Due::dueIn);
  }

  /** Something was done. */
  void did(Kind kind) {
    inARow = kind.isUrgent() ? inARow + 1 : 0;
    last = kind;
  }

  /** Whether anything else that is due goes first now. */
  boolean isEnough() {
    return inARow >= MOST_IN_A_ROW;
  }

  /**
   * What goes now.
   *
   * @param owed whether nothing may be done that is likely to cost a time-out
   * @param command hands out a command
   */
  Optional<Piece> next(
      List<BusLine> lines, long nowNanos, boolean owed, Supplier<Optional<Piece>> command) {
    for (int i = 1; i <= KINDS.size(); i++) {
      Optional<Piece> piece =
          switch (KINDS.get((KINDS.indexOf(last) + i) % KINDS.size())) {
            case BEAT -> beat(lines, nowNanos, owed);
            case LOOK -> look(lines, nowNanos, owed);
            default -> command.get();
          };
      if (piece.isPresent()) {
        return piece;
      }
    }
    return Optional.empty();
  }

  private static Optional<Piece> beat(List<BusLine> lines, long nowNanos, boolean owed) {
    return lines.stream()
        .flatMap(
            line ->
                line.heartbeats().stream()
                    .filter(beat -> beat.dueIn(nowNanos) <= 0)
                    .filter(beat -> !(owed && beat.device().isSuspect()))
                    .map(
                        beat ->
                            new Due(
                                beat.isLast(),
                                beat.dueIn(nowNanos),
                                new Piece(Kind.BEAT, () -> line.beat(beat)))))
        .min(Due.ORDER)
        .map(Due::piece);
  }

  private static Optional<Piece> look(List<BusLine> lines, long nowNanos, boolean owed) {
    return lines.stream()
        .flatMap(
            line ->
                line.proofs().due(nowNanos, !owed).stream()
                    .map(
                        unproved ->
                            new Due(
                                false,
                                unproved.dueIn(nowNanos),
                                new Piece(Kind.LOOK, () -> line.look(unproved)))))
        .min(Due.ORDER)
        .map(Due::piece);
  }
}
