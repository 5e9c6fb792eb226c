package io.polegate.config;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/** What differs between two documents. Stateless. */
final class Diff {
  private static final int CONTEXT = 3;

  /** The time for a diff grows with the square of what differs. */
  private static final int MAX_LINES = 500;

  private static final int MAX_LENGTH = 64_000;

  private Diff() {}

  /** As a unified diff of {@code pole.yaml}; empty if nothing differs. */
  static String unified(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    if (old.equals(now)) {
      return "";
    }
    List<String> lines =
        UnifiedDiffUtils.generateUnifiedDiff(
            "pole.yaml", "pole.yaml", old, patch(old, now), CONTEXT);
    String text = String.join("\n", removedFirst(lines)) + "\n";
    return text.length() <= MAX_LENGTH
        ? text
        : text.substring(0, MAX_LENGTH) + "\n(and more that is not shown)\n";
  }

  /** For one line of a log: {@code +3 -1 lines}. */
  static String summary(String unified) {
    long added = count(unified, "+") - count(unified, "+++ ");
    long removed = count(unified, "-") - count(unified, "--- ");
    return "+" + added + " -" + removed + " lines";
  }

  private static long count(String unified, String start) {
    return unified.lines().filter(line -> line.startsWith(start)).count();
  }

  /** What is too much to look for likenesses counts as replaced as a whole. */
  private static Patch<String> patch(List<String> old, List<String> now) {
    int shorter = Math.min(old.size(), now.size());
    int same = 0;
    while (same < shorter && old.get(same).equals(now.get(same))) {
      same++;
    }
    int tail = 0;
    while (tail < shorter - same
        && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
      tail++;
    }
    List<String> removed = old.subList(same, old.size() - tail);
    List<String> added = now.subList(same, now.size() - tail);
    if (Math.max(removed.size(), added.size()) <= MAX_LINES) {
      return DiffUtils.diff(old, now, new MyersDiffWithLinearSpace<>());
    }
    Patch<String> patch = new Patch<>();
    patch.addDelta(new ChangeDelta<>(new Chunk<>(same, removed), new Chunk<>(same, added)));
    return patch;
  }

  /** The algorithm that needs little memory gives what came before what went. */
  private static List<String> removedFirst(List<String> lines) {
    List<String> sorted = new ArrayList<>(lines.size());
    List<String> added = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("+") && !line.startsWith("+++ ")) {
        added.add(line);
        continue;
      }
      if (!line.startsWith("-")) {
        sorted.addAll(added);
        added.clear();
      }
      sorted.add(line);
    }
    sorted.addAll(added);
    return sorted;
  }
}
