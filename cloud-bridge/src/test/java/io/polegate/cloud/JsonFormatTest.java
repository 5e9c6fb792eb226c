package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFormatTest {
  private final JsonFormat format = new JsonFormat();

  @Test
  void aConnectionClaimsTheTopicsOfThePoleAtEachOfItsBrokers() throws Exception {
    Settings connection =
        new Settings(Map.of("url", "tcp://a:1883, ssl://b:8883", "client-id", "x"));
    assertThat(new JsonFormat().claims(connection))
        .containsExactly(
            "the topics of the pole at a:1883",
            "the client id \"x\" at a:1883",
            "the topics of the pole at b:8883",
            "the client id \"x\" at b:8883");
  }

  @Test
  void onlyTheUrlMustBeWritten() throws InvalidSettingException {
    Settings settings = new Settings(Map.of("url", "tcp://mqtt.example.org:1883"));
    assertThat(format.settings().check(settings)).isEmpty();
    assertThatCode(() -> format.check(settings)).doesNotThrowAnyException();
    UplinkPlan plan =
        new JsonUplinkFormat()
            .plan(Pole.spec(), new ConnectionSpec("city", "json", settings), new Pole().around);
    assertThat(plan.link().clientId()).isEqualTo("P-1-city");
    assertThat(plan.link().keepAlive()).hasSeconds(30);
    assertThat(plan.delivery().batch()).isEqualTo(200);
    assertThat(plan.delivery().window()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://h:1",
        "ssl://mqtt.example.org:8883",
        "tcp://[::1]:1883",
        "tcp://a:1, ssl://b:2"
      })
  void brokersAreHostAndPort(String url) {
    assertThat(format.settings().check(new Settings(Map.of("url", url)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mqtt.example.org",
        "tcp://h",
        "tcp://:1883",
        "http://h:80",
        "tcp://h:70000",
        "tcp://h:0",
        "tcp://user:word@h:1883",
        "tcp://h:1883/path",
        "tcp://h:1883?a=b",
        "tcp://h h:1",
        "tcp://h:1,",
        "tcp://h:1,tcp://h:1",
        "tcp://h:1;tcp://i:1",
        ""
      })
  void anythingElseIsRefused(String url) {
    assertThat(format.settings().check(new Settings(Map.of("url", url)))).hasSize(1);
  }

  @Test
  void aPasswordNeedsAUsername() {
    assertThatThrownBy(
            () -> format.check(new Settings(Map.of("url", "tcp://h:1", "password", "word"))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("username")
        .extracting(e -> ((InvalidSettingException) e).key())
        .isEqualTo("password");
  }

  @Test
  void theFirstPauseIsNotLongerThanTheLongest() {
    assertThatThrownBy(
            () -> format.check(new Settings(Map.of("url", "tcp://h:1", "retry-first", "2m"))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("retry-limit");
  }

  @Test
  void theReadmeTableIsTheSchema() throws Exception {
    List<String> rows =
        Files.readAllLines(Path.of("README.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();
    assertThat(rows).isEqualTo(format.settings().settings().stream().map(this::row).toList());
  }

  private String row(Setting<?> setting) {
    String presence =
        switch (setting.presence()) {
          case REQUIRED -> "required";
          case DEFAULTED -> "`" + setting.fallbackText() + "`";
          case OPTIONAL -> "none";
        };
    return "| `%s` | %s | %s | %s |"
        .formatted(setting.key(), setting.form(), presence, setting.description());
  }
}
