package io.polegate.config;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.util.ArrayList;
import java.util.List;

/** What differs between two documents. Stateless. */
final class Diff {
  private static final int CONTEXT = 3;

  /** The time for a diff grows with the product of lines and differences. */
  private static final int MAX_LINES = 5_000;

  private static final int MAX_LENGTH = 64_000;

  private Diff() {}

  /** As a unified diff of {@code pole.yaml}; empty if nothing differs. */
  static String unified(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    if (old.size() > MAX_LINES || now.size() > MAX_LINES) {
      return before.equals(after) ? "" : "(too long to compare)\n";
    }
    List<String> lines =
        UnifiedDiffUtils.generateUnifiedDiff(
            "pole.yaml",
            "pole.yaml",
            old,
            DiffUtils.diff(old, now, new MyersDiffWithLinearSpace<>()),
            CONTEXT);
    lines = removedFirst(lines);
    String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
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
