package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The template stands outside of the reactor and must not fall behind it. */
final class TemplateTest {
  private static final Pattern VERSIONED =
      Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");
  private static final Pattern PROPERTY = Pattern.compile("<([a-z.]+)>([^<]+)</\\1>");

  private static Map<String, String> versions(Path pom) throws IOException {
    String text = Files.readString(pom);
    Map<String, String> properties = new TreeMap<>();
    String block = text.replaceFirst("(?s).*<properties>(.*?)</properties>.*", "$1");
    PROPERTY.matcher(block).results().forEach(p -> properties.put(p.group(1), p.group(2)));
    Map<String, String> versions = new TreeMap<>();
    VERSIONED.matcher(text).results().forEach(v -> versions.put(v.group(1), value(v, properties)));
    return versions;
  }

  private static String value(MatchResult versioned, Map<String, String> properties) {
    String version = versioned.group(2);
    return version.startsWith("${")
        ? properties.getOrDefault(version.substring(2, version.length() - 1), version)
        : version;
  }

  @Test
  void theTemplateUsesTheVersionsOfTheReactor() throws IOException {
    Map<String, String> reactor = versions(Path.of("../../pom.xml"));
    Map<String, String> template = versions(Path.of("../../drivers/template/pom.xml"));
    template.remove("org.example.line");
    assertThat(template).hasSizeGreaterThanOrEqualTo(8);
    template.forEach(
        (artifact, version) ->
            assertThat(version)
                .as(artifact)
                .isEqualTo(
                    artifact.startsWith("io.polegate.")
                        ? reactor.get("polegate")
                        : reactor.get(artifact)));
  }
}
