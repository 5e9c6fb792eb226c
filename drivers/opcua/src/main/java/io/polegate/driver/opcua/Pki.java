package io.polegate.driver.opcua;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder with the certificates: {@code own}, {@code trusted}, {@code rejected}. Files appear
 * whole or not at all. Thread-safe, because all drivers of one factory share it.
 */
final class Pki {
  /** A hostile network must not fill the disk with certificates. */
  private static final int MOST_REJECTED = 100;

  private static final String KEY = "PRIVATE KEY";
  private static final String CERTIFICATE = "CERTIFICATE";

  private final Optional<Path> root;

  /** Names the folder; no I/O. */
  Pki(Optional<Path> root) {
    this.root = root;
  }

  /** A certificate and its key. */
  record Identity(X509Certificate certificate, KeyPair keys) {}

  Path trusted() throws IOException {
    return folder("trusted");
  }

  Path ownCertificate() throws IOException {
    return folder("own").resolve("certificate.der");
  }

  /** The gateway's own certificate, made on first use. */
  synchronized Identity own() throws IOException, GeneralSecurityException {
    // key and certificate are one file, so that a power cut cannot part them
    Path file = folder("own").resolve("private.pem");
    if (!Files.exists(file)) {
      Identity made = SelfSigned.create();
      write(file, pem(made).getBytes(StandardCharsets.US_ASCII), "rw-------");
    }
    Identity own = identity(file, file);
    if (!Files.exists(ownCertificate())) {
      write(ownCertificate(), own.certificate().getEncoded(), "rw-r--r--");
    }
    return own;
  }

  /** Everything in {@code trusted} that is a certificate. */
  List<X509Certificate> trustedCertificates() throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    try (Stream<Path> files = Files.list(trusted())) {
      for (Path file : files.sorted().toList()) {
        try {
          certificates.add(certificate(Files.readAllBytes(file)));
        } catch (CertificateException e) {
          // a stray file is nobody's certificate, and must not keep the others out
        }
      }
    }
    return certificates;
  }

  /** Keeps a certificate where a person can find and judge it. */
  Path reject(X509Certificate certificate, String thumbprint)
      throws IOException, CertificateException {
    Path folder = folder("rejected");
    Path file = folder.resolve(thumbprint + ".der");
    if (!Files.exists(file)) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.count() >= MOST_REJECTED) {
          throw new IOException("\"" + folder + "\" is full: remove what nobody needs");
        }
      }
      write(file, certificate.getEncoded(), "rw-r--r--");
    }
    return file;
  }

  /** Reads a certificate and its key, each PEM or DER. */
  static Identity identity(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    byte[] text = Files.readAllBytes(certificate);
    X509Certificate read = certificate(block(text, CERTIFICATE));
    PrivateKey secret =
        KeyFactory.getInstance("RSA")
            .generatePrivate(new PKCS8EncodedKeySpec(block(Files.readAllBytes(key), KEY)));
    return new Identity(read, new KeyPair(read.getPublicKey(), secret));
  }

  private static X509Certificate certificate(byte[] bytes) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes));
  }

  private static String pem(Identity identity) throws GeneralSecurityException {
    return pem(KEY, identity.keys().getPrivate().getEncoded())
        + pem(CERTIFICATE, identity.certificate().getEncoded());
  }

  private static String pem(String label, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes), label);
  }

  /** The bytes between the lines of PEM, or everything if it is no PEM. */
  private static byte[] block(byte[] file, String label) throws GeneralSecurityException {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    if (!text.contains("-----BEGIN ")) {
      return file;
    }
    String begin = "-----BEGIN " + label + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + label + "-----", Math.max(0, from));
    if (from < 0 || to < 0) {
      throw new GeneralSecurityException("no \"" + begin + "\" in it");
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("what follows \"" + begin + "\" is no Base64", e);
    }
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(
        root.orElseThrow(() -> new IOException("this gateway has no data folder")).resolve(name));
  }

  private static void write(Path file, byte[] bytes, String permissions) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, "new", null); // born with mode 600
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(bytes));
        channel.force(true);
      }
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
