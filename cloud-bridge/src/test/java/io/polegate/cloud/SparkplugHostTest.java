package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SparkplugHostTest {
  private final SparkplugHost host = new SparkplugHost();

  @Test
  void nothingIsKnownOfAHostThatSaidNothing() {
    assertThat(host.presence()).isEqualTo(SparkplugHost.Presence.UNKNOWN);
  }

  @Test
  void theHostIsThereFromItsFirstOnlineStatement() {
    assertThat(host.said(new SparkplugHost.Statement(true, 5))).isTrue();
    assertThat(host.presence()).isEqualTo(SparkplugHost.Presence.ONLINE);
  }

  @Test
  void aStatementOfTheSameTimeCounts() {
    host.said(new SparkplugHost.Statement(true, 5));
    assertThat(host.said(new SparkplugHost.Statement(false, 5))).isTrue();
    assertThat(host.presence()).isEqualTo(SparkplugHost.Presence.OFFLINE);
  }

  @Test
  void anOlderStatementDoesNotCount() {
    host.said(new SparkplugHost.Statement(true, 5));
    assertThat(host.said(new SparkplugHost.Statement(false, 4))).isFalse();
    assertThat(host.presence()).isEqualTo(SparkplugHost.Presence.ONLINE);
  }

  @Test
  void aStatementIsJson() {
    assertThat(parse("{\"online\":true,\"timestamp\":1793534400000,\"more\":[1]}"))
        .contains(new SparkplugHost.Statement(true, 1793534400000L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ONLINE",
        "[]",
        "{\"online\":true}",
        "{\"timestamp\":1}",
        "{\"online\":\"true\",\"timestamp\":1}",
        "{\"online\":true,\"timestamp\":1.5}",
        "{\"online\":true,\"timestamp\":99999999999999999999}",
        "{\"online\":true,\"online\":false,\"timestamp\":1}",
        "{\"online\":true,\"timestamp\":1} {}",
        "{\"online\":true,\"timestamp\":1"
      })
  void anythingElseIsNoStatement(String payload) {
    assertThat(parse(payload)).isEmpty();
  }

  @Test
  void aLongStatementIsNotLookedAt() {
    String padding = " ".repeat(SparkplugHost.MAX_BYTES);
    assertThat(parse("{\"online\":true,\"timestamp\":1}" + padding)).isEmpty();
  }

  private static Optional<SparkplugHost.Statement> parse(String payload) {
    return SparkplugHost.parse(payload.getBytes(StandardCharsets.UTF_8));
  }
}
