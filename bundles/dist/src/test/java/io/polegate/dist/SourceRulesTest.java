package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The rules of the house that can be read off the sources. */
final class SourceRulesTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final int MOST_LINES_OF_A_FILE = 300;
  private static final int MOST_LINES_OF_A_METHOD = 40;

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("/target/"))
              .toList();
      assertThat(found).hasSizeGreaterThan(100);
      return found;
    }
  }

  @Test
  void topLevelIsFixed() throws IOException {
    try (Stream<Path> files = Files.list(ROOT)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.startsWith(".") && !name.equals("target"))
          .containsExactlyInAnyOrder(
              "bundles", "cloud-bridge", "drivers", "edge-config", "pom.xml", "README.md");
    }
  }

  @Test
  void noFileIsLongerThanThreeHundredLines() throws IOException {
    List<Path> tooLong = new ArrayList<>();
    for (Path file : sources()) {
      if (Files.readAllLines(file).size() > MOST_LINES_OF_A_FILE) {
        tooLong.add(file);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void noTypeHasANameThatSaysNothing() throws IOException {
    assertThat(sources())
        .noneMatch(file -> file.toString().matches(".*(Impl|Manager|Helper|Utils?)\\.java"));
  }

  @Test
  void noTestIsSwitchedOff() throws IOException {
    for (Path file : sources()) {
      if (!file.endsWith("SourceRulesTest.java")) {
        assertThat(Files.readString(file))
            .as(file.toString())
            .doesNotContain("@Disabled", "assumeTrue", "assumeFalse", "assumeThat");
      }
    }
  }

  @Test
  void noMethodIsLongerThanFortyLines() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> tooLong = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new LongMethods(unit, positions, tooLong).scan(unit, null);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  private static final class LongMethods extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> found;

    LongMethods(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
      this.unit = unit;
      this.positions = positions;
      this.found = found;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      LineMap lines = unit.getLineMap();
      long start = positions.getStartPosition(unit, method);
      if (start >= 0) {
        long first = lines.getLineNumber(start);
        long last = lines.getLineNumber(positions.getEndPosition(unit, method));
        if (last - first + 1 > MOST_LINES_OF_A_METHOD) {
          found.add(unit.getSourceFile().getName() + ":" + first + " " + method.getName());
        }
      }
      return super.visitMethod(method, null);
    }
  }
}
