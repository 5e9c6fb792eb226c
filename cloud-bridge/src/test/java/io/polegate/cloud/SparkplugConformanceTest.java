package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of assertions names tests that exist. */
final class SparkplugConformanceTest {
  private static final int EDGE_NODE_ASSERTIONS = 201;
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9A-Z-]+)` \\| (.+) \\|$");
  private static final Pattern PROOF = Pattern.compile("`(Sparkplug\\w+Test)\\.(\\w+)`");

  @Test
  void eachAssertionHasATestOrAReason() throws Exception {
    List<MatchResult> rows = rows();
    assertThat(rows).hasSize(EDGE_NODE_ASSERTIONS);
    assertThat(rows).extracting(row -> row.group(1)).doesNotHaveDuplicates();
    assertThat(rows).allMatch(row -> row.group(2).length() > 10);
  }

  @Test
  void eachNamedTestIsThere() throws Exception {
    List<MatchResult> proofs =
        rows().stream().flatMap(row -> PROOF.matcher(row.group(2)).results()).toList();
    assertThat(proofs).hasSizeGreaterThan(130);
    for (MatchResult proof : proofs) {
      Class<?> tests = Class.forName("io.polegate.cloud." + proof.group(1));
      assertThat(
              Stream.of(tests.getDeclaredMethods())
                  .filter(method -> method.getName().equals(proof.group(2)))
                  .anyMatch(SparkplugConformanceTest::isTest))
          .as("%s.%s is a test", proof.group(1), proof.group(2))
          .isTrue();
    }
  }

  private static boolean isTest(Method method) {
    return Stream.of(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getSimpleName())
        .anyMatch(name -> name.equals("Test") || name.equals("ParameterizedTest"));
  }

  private static List<MatchResult> rows() throws IOException {
    String page = Files.readString(Path.of("SPARKPLUG.md"));
    String table = page.substring(page.indexOf("## Conformance"));
    return ROW.matcher(table).results().toList();
  }
}
