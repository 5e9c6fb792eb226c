package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsSettingsTest {
  private final JsonFormat format = new JsonFormat();

  private static Settings settings(String url, String... more) {
    Map<String, String> texts = new HashMap<>(Map.of("url", url));
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1]);
    }
    return new Settings(texts);
  }

  private void assertRefused(String key, String words, Settings settings) {
    assertThat(format.settings().check(settings)).isEmpty();
    assertThatThrownBy(() -> format.check(settings))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(words)
        .extracting(e -> ((InvalidSettingException) e).key())
        .isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssl://h:1", "mqtts://h:1", "tcp://h:1,ssl://g:1"})
  void tlsGoesWithUrlsThatSaySo(String url) {
    assertThatCode(() -> format.check(settings(url, "tls.ca", "ca.pem", "tls.versions", "1.3")))
        .doesNotThrowAnyException();
  }

  @Test
  void withoutTlsItsSettingsAreAMistake() {
    assertRefused(
        "tls.ca",
        "has no effect without TLS: write ssl:// in url, with the broker's port for TLS",
        settings("tcp://h:1", "tls.ca", "ca.pem"));
    assertThatCode(() -> format.check(settings("tcp://h:1"))).doesNotThrowAnyException();
  }

  @Test
  void aKeyStoreAndItsPasswordGoTogether() {
    assertRefused(
        "tls.key-store",
        "has no tls.key-store-password beside it: a key is not kept without a password",
        settings("ssl://h:1", "tls.key-store", "pole.p12"));
    assertRefused(
        "tls.key-store-password",
        "has no tls.key-store beside it: write one, or leave both out",
        settings("ssl://h:1", "tls.key-store-password", "word"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.1", "1.2 1.3", "1.3,", "TLSv1.3"})
  void otherVersionsAreRefused(String versions) {
    assertThat(format.settings().check(settings("ssl://h:1", "tls.versions", versions))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b"})
  void hostNamesHaveTheirForm(String name) {
    assertThat(format.settings().check(settings("ssl://h:1", "tls.host-name", name))).hasSize(1);
  }

  @Test
  void theSettingsAreTyped() throws InvalidSettingException {
    TlsOptions options =
        TlsSettings.options(
            settings(
                "ssl://[::1]:1",
                "tls.key-store",
                "keys/pole.p12",
                "tls.key-store-password",
                "s3cret-word",
                "tls.versions",
                "1.3"));
    assertThat(options.files()).containsExactly(Path.of("keys/pole.p12"));
    assertThat(options.protocols()).containsExactly("TLSv1.3");
    assertThat(options.host(URI.create("ssl://[::1]:1"))).isEqualTo("::1");
    assertThat(options.toString()).doesNotContain("s3cret-word");
    assertThat(TlsSettings.options(settings("ssl://h:1")).protocols())
        .containsExactly("TLSv1.2", "TLSv1.3");
  }
}
