package io.polegate.cloud;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Reads certificates and keys from files that people write. No state. */
final class TlsFiles {
  private static final int MOST_BYTES = 1_000_000;
  private static final String PEM = "-----BEGIN CERTIFICATE-----";

  private TlsFiles() {}

  /** What tells a file from its successor. */
  record Stamp(long size, FileTime changed) {}

  /** The stamps of those files that are there. */
  static Map<Path, Stamp> stamps(List<Path> files) {
    Map<Path, Stamp> stamps = new HashMap<>();
    for (Path file : files) {
      try {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.put(file, new Stamp(found.size(), found.lastModifiedTime()));
      } catch (IOException e) {
        // not there: whoever loads it says so with the remedy
      }
    }
    return stamps;
  }

  /** The authorities of a PEM file, or those of the Java runtime. */
  static List<X509Certificate> authorities(Optional<Path> file) throws TlsFileException {
    return file.isPresent() ? certificates(file.get()) : runtimeAuthorities();
  }

  private static List<X509Certificate> certificates(Path file) throws TlsFileException {
    byte[] content = content("tls.ca", file);
    if (!new String(content, StandardCharsets.ISO_8859_1).contains(PEM)) {
      throw new TlsFileException(
          words("tls.ca", file) + " holds no certificate: copy one in PEM form there");
    }
    List<X509Certificate> found = new ArrayList<>();
    try {
      for (Certificate one :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content))) {
        found.add((X509Certificate) one);
      }
    } catch (CertificateException e) {
      throw new TlsFileException(
          words("tls.ca", file) + " is damaged: copy the certificates (PEM) there again", e);
    }
    return found;
  }

  private static List<X509Certificate> runtimeAuthorities() throws TlsFileException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      List<X509Certificate> found = new ArrayList<>();
      for (TrustManager each : factory.getTrustManagers()) {
        if (each instanceof X509TrustManager trust) {
          found.addAll(List.of(trust.getAcceptedIssuers()));
        }
      }
      if (found.isEmpty()) {
        throw new TlsFileException("the Java runtime knows no authorities: write tls.ca");
      }
      return found;
    } catch (GeneralSecurityException e) {
      throw new TlsFileException("the authorities of the Java runtime cannot be read", e);
    }
  }

  /** Opens a PKCS#12 file that holds one key with its certificate. */
  static KeyStore keyStore(Path file, String password) throws TlsFileException {
    byte[] content = content("tls.key-store", file);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(content), password.toCharArray());
      long keys = Collections.list(store.aliases()).stream().filter(a -> isKey(store, a)).count();
      if (keys != 1) {
        throw new TlsFileException(
            words("tls.key-store", file)
                + " holds "
                + (keys == 0 ? "no private key" : keys + " private keys")
                + ": put one there, with its certificate");
      }
      return store;
    } catch (IOException e) {
      throw new TlsFileException(words("tls.key-store", file) + opening(e), e);
    } catch (GeneralSecurityException e) {
      throw new TlsFileException(
          words("tls.key-store", file) + " cannot be used: make it again as PKCS#12", e);
    }
  }

  /** Java wraps what a wrong password does to the check sum in an I/O error. */
  private static String opening(IOException e) {
    return e.getCause() instanceof UnrecoverableKeyException
        ? " does not open with tls.key-store-password: correct the password"
        : " is damaged or no PKCS#12 file: copy it there again";
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (KeyStoreException e) {
      throw new IllegalStateException("the key store was not loaded", e);
    }
  }

  private static byte[] content(String key, Path file) throws TlsFileException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length == 0) {
        throw new TlsFileException(words(key, file) + " is empty: copy it there again");
      }
      if (content.length > MOST_BYTES) {
        throw new TlsFileException(words(key, file) + " is larger than 1 MB: is it the right one?");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new TlsFileException(words(key, file) + " is not there: put it there", e);
    } catch (AccessDeniedException e) {
      throw new TlsFileException(
          words(key, file) + " may not be read: give the gateway's user the right to", e);
    } catch (IOException e) {
      throw new TlsFileException(words(key, file) + " cannot be read: is it a file?", e);
    }
  }

  private static String words(String key, Path file) {
    return key + ": \"" + file + "\"";
  }
}
