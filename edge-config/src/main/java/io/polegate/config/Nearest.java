package io.polegate.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Finds the word that a person most likely meant. */
final class Nearest {
  private static final int MAX_LENGTH = 32;
  private static final int MAX_CANDIDATES = 500;
  private static final int SHORTEST_START = 3;

  private Nearest() {}

  /** The word of {@code known} that is nearest to {@code word}, if one is near. */
  static Optional<String> to(String word, Collection<String> known) {
    return word.length() > MAX_LENGTH
        ? Optional.empty()
        : known.stream()
            .limit(MAX_CANDIDATES)
            .filter(candidate -> near(word, candidate))
            .min(
                Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                    .thenComparing(Comparator.naturalOrder()));
  }

  /** Says that nothing of this kind has that name, and which names there are. */
  static String none(String kind, String name, Set<String> known) {
    return "there is no "
        + kind
        + " "
        + Findings.quote(name)
        + (known.isEmpty()
            ? ": there is none yet, add one"
            : ": write one of " + Findings.list(known))
        + to(name, known).map(near -> " (did you mean \"" + near + "\"?)").orElse("");
  }

  private static boolean near(String word, String candidate) {
    int most = Math.max(1, word.length() / 3);
    boolean begins =
        Math.min(word.length(), candidate.length()) >= SHORTEST_START
            && (word.startsWith(candidate) || candidate.startsWith(word));
    return begins || distance(word, candidate) <= most;
  }

  /** Letters to add, drop, change or swap with their neighbour. */
  static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, from, to, i, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int step(int[][] cost, String from, String to, int i, int j) {
    int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
