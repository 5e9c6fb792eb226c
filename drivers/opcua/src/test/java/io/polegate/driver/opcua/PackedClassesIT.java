package io.polegate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** What is used of BouncyCastle is inside the bundle, also what only rare certificates need. */
class PackedClassesIT {
  /** A class, what it uses, and where jdeps found that. */
  private static final Pattern LINE = Pattern.compile(" {3}(\\S+)\\s+-> (\\S+)\\s+(.+)");

  /** Makes certificates with BouncyCastle's provider; we make ours without it. */
  private static final String UNUSED = "org.eclipse.milo.opcua.stack.core.util.SelfSigned";

  @Test
  void whatIsReachableOfBouncyCastleIsInside() {
    Map<String, Set<String>> uses = new HashMap<>();
    Set<String> outside = new HashSet<>();
    for (String line : jdeps().lines().toList()) {
      Matcher use = LINE.matcher(line);
      if (use.matches()) {
        uses.computeIfAbsent(use.group(1), name -> new HashSet<>()).add(use.group(2));
        if (use.group(3).strip().equals("not found")) {
          outside.add(use.group(2));
        }
      }
    }
    Set<String> reached = reached(uses);
    assertThat(reached).anyMatch(name -> name.startsWith("org.bouncycastle.operator."));
    Set<String> missing = new TreeSet<>(reached);
    missing.retainAll(outside);
    assertThat(missing).isEmpty();
  }

  private static Set<String> reached(Map<String, Set<String>> uses) {
    Set<String> reached = new HashSet<>();
    Deque<String> waiting = new ArrayDeque<>();
    uses.keySet().stream()
        .filter(name -> name.startsWith("io.polegate.") || name.startsWith("org.eclipse.milo."))
        .filter(name -> !name.startsWith(UNUSED))
        .forEach(waiting::add);
    while (!waiting.isEmpty()) {
      for (String name : uses.getOrDefault(waiting.remove(), Set.of())) {
        if (name.startsWith("org.bouncycastle.") && reached.add(name)) {
          waiting.add(name);
        }
      }
    }
    return reached;
  }

  private static String jdeps() {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    Path bundle =
        Path.of(OpcUa.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    List<String> words = List.of("-v", "-e", "org\\.bouncycastle\\..*", bundle.toString());
    int code =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(printer, printer, words.toArray(String[]::new));
    assertThat(code).as(out.toString()).isZero();
    return out.toString();
  }
}
