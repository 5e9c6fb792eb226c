package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.SettingsTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SparkplugFormatTest {
  private final SparkplugFormat format = new SparkplugFormat();

  @Test
  void onlyUrlAndGroupMustBeWritten() throws InvalidSettingException {
    ConnectionSpec spec =
        new ConnectionSpec(
            "city", "sparkplug", new Settings(Map.of("url", "tcp://h:1", "group", "street")));
    assertThat(format.settings().check(spec.settings())).isEmpty();
    SparkplugOptions options = SparkplugOptions.of("P-1", spec, false);
    assertThat(options.topics()).isEqualTo(new SparkplugTopics("street", "P-1"));
    assertThat(options.primaryHost()).isEmpty();
    assertThat(options.commandLifetime()).hasSeconds(30);
    assertThat(options.marker()).isEqualTo("polegate/v1/P-1/barrier");
  }

  @ParameterizedTest
  @CsvSource({
    "group, a/b",
    "group, a+b",
    "group, a#",
    "group, ' '",
    "node, a/b",
    "primary-host, a/b",
    "command-lifetime, 0s",
    "command-lifetime, 2h",
    "marker, a/#",
    "marker, spBv1.0/street/NDATA/P-1",
    "marker, $SYS/x",
    "batch, 0",
    "window, 65"
  })
  void whatNoTopicOrBoundAllowsIsRefused(String key, String text) {
    Map<String, String> settings = new HashMap<>(Map.of("url", "tcp://h:1", "group", "street"));
    settings.put(key, text);
    assertThat(format.settings().check(new Settings(settings)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.key()).isEqualTo(key));
  }

  @Test
  void theTableOfSettingsIsThatOfTheSchema() throws IOException {
    SettingsTable.assertDocumented(Path.of("SPARKPLUG.md"), "## Settings", SparkplugFormat.SCHEMA);
  }

  @Test
  void topicsAreThoseOfTheSpecification() {
    SparkplugTopics topics = new SparkplugTopics("street", "P-1");
    assertThat(List.of(SparkplugTopics.Kind.values()))
        .extracting(kind -> topics.device(kind, "lamp-1"))
        .allMatch(topic -> topic.matches("spBv1\\.0/street/[ND][A-Z]+/P-1/lamp-1"));
    assertThat(SparkplugTopics.state("city")).isEqualTo("spBv1.0/STATE/city");
  }
}
