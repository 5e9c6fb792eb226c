package io.polegate.cloud;

import io.polegate.api.settings.InvalidSettingException;
import io.polegate.api.settings.Setting;
import io.polegate.api.settings.Settings;
import java.net.IDN;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The settings of TLS, the same for every format. There is none that switches a check off. */
final class TlsSettings {
  static final Setting<Path> CA =
      Setting.of("tls.ca", "the name of a file", TlsSettings::file)
          .described(
              "authorities that may sign the broker's certificate (PEM); none means those of the"
                  + " Java runtime");
  static final Setting<Path> KEY_STORE =
      Setting.of("tls.key-store", "the name of a file", TlsSettings::file)
          .described("key and certificate of the pole (PKCS#12), for brokers that ask for one");
  static final Setting<String> KEY_STORE_PASSWORD =
      Setting.text("tls.key-store-password").described("password of the key store");
  static final Setting<Set<String>> VERSIONS =
      Setting.of("tls.versions", "1.3 or 1.2 or both, with a comma", TlsSettings::versions)
          .defaultsTo("1.2, 1.3")
          .described("versions of TLS that are good enough");
  static final Setting<String> HOST_NAME =
      Setting.of("tls.host-name", "a host name or an address", TlsSettings::hostName)
          .described("name in the broker's certificate; none means the host of the url");

  static final List<Setting<?>> ALL =
      List.of(CA, KEY_STORE, KEY_STORE_PASSWORD, VERSIONS, HOST_NAME);

  private static final Set<String> SCHEMES = Set.of("ssl", "mqtts");

  private TlsSettings() {}

  /** Whether this broker is reached over TLS. */
  static boolean secured(URI url) {
    return SCHEMES.contains(url.getScheme());
  }

  /** Finds contradictions; looks at no file. */
  static void check(Settings settings, List<URI> urls) throws InvalidSettingException {
    boolean secured = urls.stream().anyMatch(TlsSettings::secured);
    for (Setting<?> setting : ALL) {
      if (!secured && settings.texts().containsKey(setting.key())) {
        throw new InvalidSettingException(
            setting.key(),
            "has no effect without TLS: write ssl:// in url, with the broker's port for TLS");
      }
    }
    boolean store = settings.find(KEY_STORE).isPresent();
    boolean password = settings.find(KEY_STORE_PASSWORD).isPresent();
    if (store && !password) {
      throw new InvalidSettingException(
          KEY_STORE.key(),
          "has no tls.key-store-password beside it: a key is not kept without a password");
    }
    if (password && !store) {
      throw new InvalidSettingException(
          KEY_STORE_PASSWORD.key(), "has no tls.key-store beside it: write one, or leave both out");
    }
  }

  /** Types the settings. */
  static TlsOptions options(Settings settings) throws InvalidSettingException {
    return new TlsOptions(
        settings.find(HOST_NAME),
        settings.find(CA),
        settings.find(KEY_STORE),
        settings.find(KEY_STORE_PASSWORD),
        settings.get(VERSIONS).stream().map(version -> "TLSv" + version).toList());
  }

  private static Path file(String text) {
    require(!text.isBlank());
    return Path.of(text);
  }

  private static Set<String> versions(String text) {
    Set<String> versions = new TreeSet<>();
    for (String version : text.split(",", -1)) {
      require(version.strip().equals("1.2") || version.strip().equals("1.3"));
      versions.add(version.strip());
    }
    return versions;
  }

  private static String hostName(String text) {
    require(!text.isBlank() && text.length() <= 253);
    return text.contains(":") ? TlsOptions.bare(text) : IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES);
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }
}
