package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Editors help with documents and profiles by the schemas in the folder. */
final class SchemaIT {
  private static final Path CONFIG = Path.of("../../edge-config");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"document, pole.schema.json", "profile, profile.schema.json"})
  void theShippedSchemaIsWhatTheGatewayKnows(String of, String file) throws Exception {
    GatewayProcess.Ended ended = GatewayProcess.call(folder, "schema", of);
    assertThat(ended.code()).as(ended.stderr()).isZero();
    assertThat(CONFIG.resolve("schema").resolve(file))
        .as(
            "made anew by: bundles/dist/target/polegate/bin/polegate schema %s > edge-config/schema/%s",
            of, file)
        .hasContent(ended.stdout());
  }

  @Test
  void everyShippedProfilePointsAtItsSchema() throws IOException {
    assertPointAt("profiles", "profile.schema.json", 40);
  }

  @Test
  void everyExamplePointsAtItsSchema() throws IOException {
    assertPointAt("examples", "pole.schema.json", 1);
  }

  private static void assertPointAt(String folder, String schema, int atLeast) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(CONFIG.resolve(folder))) {
      files = found.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(atLeast);
    assertThat(files)
        .allSatisfy(
            file -> {
              String first = Files.readAllLines(file).get(0);
              assertThat(first)
                  .as(file.toString())
                  .isEqualTo("# yaml-language-server: $schema=../schema/" + schema);
              assertThat(file.resolveSibling(first.substring(first.indexOf('=') + 1))).exists();
            });
  }
}
