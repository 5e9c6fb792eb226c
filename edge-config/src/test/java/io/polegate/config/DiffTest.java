package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DiffTest {
  private static String lines(int from, int to, String of) {
    return IntStream.range(from, to).mapToObj(i -> of + i + "\n").collect(Collectors.joining());
  }

  @Test
  void sameTextsDoNotDiffer() {
    assertThat(Diff.unified("a\nb\n", "a\nb\n")).isEmpty();
    assertThat(Diff.unified("", "")).isEmpty();
  }

  @Test
  void whatWentStandsBeforeWhatCame() {
    assertThat(Diff.unified("a\nb\nc\nd\n", "a\nx\ny\nd\n"))
        .isEqualTo(
            """
            --- pole.yaml
            +++ pole.yaml
            @@ -1,4 +1,4 @@
             a
            -b
            -c
            +x
            +y
             d
            """);
  }

  @Test
  void aSummaryCountsLines() {
    assertThat(Diff.summary(Diff.unified("a\nb\nc\n", "a\nx\ny\nz\nc\n"))).isEqualTo("+3 -1 lines");
    assertThat(Diff.summary("")).isEqualTo("+0 -0 lines");
  }

  @Test
  void aDocumentThatIsWhollyAnotherOneCountsAsReplaced() {
    String before = "pole\n" + lines(0, 600, "a") + "end\n";
    String after = "pole\n" + lines(0, 700, "b") + "end\n";
    String diff = Diff.unified(before, after);
    assertThat(diff).startsWith("--- pole.yaml\n+++ pole.yaml\n@@ -1,602 +1,702 @@\n pole\n-a0\n");
    assertThat(Diff.summary(diff)).isEqualTo("+700 -600 lines");
  }

  @Test
  void aHugeDiffIsCut() {
    String diff = Diff.unified("", lines(0, 200_000, "xxxx"));
    assertThat(diff).hasSizeLessThan(65_000).endsWith("(and more that is not shown)\n");
  }
}
