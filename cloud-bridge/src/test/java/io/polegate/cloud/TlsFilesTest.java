package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.testkit.tls.Authority;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of certificates and keys as people leave them. */
final class TlsFilesTest {
  private final Path folder;
  private final Path file;

  TlsFilesTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("file");
  }

  private void assertRefused(String key, String words) {
    assertThatThrownBy(
            () -> {
              if (key.equals("tls.ca")) {
                TlsFiles.authorities(Optional.of(file));
              } else {
                TlsFiles.keyStore(file, "word");
              }
            })
        .isInstanceOf(TlsFileException.class)
        .hasMessage(key + ": \"" + file + "\" " + words);
  }

  @Test
  void missingEmptyAndOversizedFilesAreNamed() throws Exception {
    for (String key : new String[] {"tls.ca", "tls.key-store"}) {
      assertRefused(key, "is not there: put it there");
      Files.write(file, new byte[0]);
      assertRefused(key, "is empty: copy it there again");
      Files.write(file, new byte[1_000_001]);
      assertRefused(key, "is larger than 1 MB: is it the right one?");
      Files.delete(file);
      Files.createDirectory(file);
      assertRefused(key, "cannot be read: is it a file?");
      Files.delete(file);
    }
  }

  @Test
  void everyCertificateOfAFileIsAnAuthority() throws Exception {
    Authority one = Authority.in(folder, "one");
    Authority two = Authority.in(folder, "two");
    Files.writeString(
        file, Files.readString(one.certificate()) + Files.readString(two.certificate()));
    assertThat(TlsFiles.authorities(Optional.of(file)))
        .containsExactly(
            Certificates.read(one.certificate()), Certificates.read(two.certificate()));
  }

  @Test
  void withoutAFileTheRuntimesAuthoritiesCount() throws Exception {
    assertThat(TlsFiles.authorities(Optional.empty())).isNotEmpty();
  }

  @Test
  void garbledCertificatesAreRefused() throws Exception {
    String damaged = "is damaged: copy the certificates (PEM) there again";
    byte[] whole = Files.readAllBytes(Authority.in(folder, "one").certificate());
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertRefused("tls.ca", damaged);
    for (String text : new String[] {"no certificate at all", "\n", "\0\0\0"}) {
      Files.writeString(file, text);
      assertRefused("tls.ca", "holds no certificate: copy one in PEM form there");
    }
  }

  @Test
  void aKeyStoreHoldsOneKeyAndOpensWithItsPassword() throws Exception {
    Authority.in(folder, "one").issue("pole").keyStore(file, "word");
    assertThat(TlsKey.of(TlsFiles.keyStore(file, "word"), "word").chain())
        .extracting(one -> one.getSubjectX500Principal().getName())
        .containsExactly("CN=pole");
    assertThatThrownBy(() -> TlsFiles.keyStore(file, "other"))
        .hasMessage(
            "tls.key-store: \""
                + file
                + "\" does not open with tls.key-store-password: correct the password");
  }

  @Test
  void garbledKeyStoresAreRefused() throws Exception {
    String damaged = "is damaged or no PKCS#12 file: copy it there again";
    Files.writeString(file, "no key store");
    assertRefused("tls.key-store", damaged);
    Authority.in(folder, "one").issue("pole").keyStore(file, "word");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertRefused("tls.key-store", damaged);
  }

  @Test
  void aKeyStoreWithoutAKeyIsRefused() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "word".toCharArray());
    }
    assertRefused("tls.key-store", "holds no private key: put one there, with its certificate");
  }
}
