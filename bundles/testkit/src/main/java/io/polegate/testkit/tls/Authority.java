package io.polegate.testkit.tls;

import io.polegate.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** An authority that signs certificates of any dates. Its files stay in its folder. */
public final class Authority {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Duration HOURS_AROUND = Duration.ofHours(2);

  /** What {@code openssl ca} has to know of a folder. */
  private static final String CONF =
      """
      [ca]
      default_ca = this
      [this]
      database = %1$s/index
      serial = %1$s/serial
      new_certs_dir = %1$s/issued
      certificate = %1$s/ca.pem
      private_key = %1$s/ca.key
      default_md = sha256
      policy = any
      unique_subject = no
      [any]
      commonName = supplied
      """;

  private final Path folder;

  private Authority(Path folder) {
    this.folder = folder;
  }

  /**
   * A certificate and its key.
   *
   * @param certificate PEM
   * @param key PEM, without a password
   */
  public record Issued(Path certificate, Path key) {

    /** Packs both into a PKCS#12 file, in the place of what may be there. */
    public void keyStore(Path file, String password) throws IOException {
      Path made = file.resolveSibling(file.getFileName() + ".new");
      Programs.run(
          List.of(
              "openssl",
              "pkcs12",
              "-export",
              "-in",
              certificate.toString(),
              "-inkey",
              key.toString(),
              "-out",
              made.toString(),
              "-passout",
              "pass:" + password));
      Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Makes one with this name, valid for years, in a folder of its own below. */
  public static Authority in(Path parent, String name) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(name));
    Files.createDirectory(folder.resolve("issued"));
    Files.writeString(folder.resolve("index"), "");
    Files.writeString(folder.resolve("serial"), "01\n");
    Files.writeString(folder.resolve("conf"), CONF.formatted(folder));
    request(
        name,
        folder.resolve("ca.key"),
        folder.resolve("ca.pem"),
        List.of("-x509", "-days", "3650"));
    return new Authority(folder);
  }

  /** Its own certificate, PEM. */
  public Path certificate() {
    return folder.resolve("ca.pem");
  }

  /**
   * Signs a certificate that is valid now and for a year.
   *
   * @param hosts as OpenSSL writes them: {@code DNS:a.example}, {@code IP:127.0.0.1}
   */
  public Issued issue(String name, String... hosts) throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return issue(name, now.minus(HOURS_AROUND), now.plus(Duration.ofDays(365)), hosts);
  }

  /** Signs one of these dates. */
  public Issued issue(String name, Instant from, Instant until, String... hosts)
      throws IOException {
    String names = hosts.length == 0 ? "" : "subjectAltName=" + String.join(",", hosts) + "\n";
    return sign(name, from, until, "basicConstraints=CA:false\n" + names);
  }

  /** Signs one with these extensions, as OpenSSL writes them. */
  public Issued sign(String name, Instant from, Instant until, String extensions)
      throws IOException {
    Path request = folder.resolve(name + ".csr");
    Path key = folder.resolve(name + ".key");
    Path certificate = folder.resolve(name + ".pem");
    Path extension = Files.writeString(folder.resolve(name + ".ext"), extensions);
    request(name, key, request, List.of("-new"));
    Programs.run(
        List.of(
            "openssl",
            "ca",
            "-batch",
            "-notext",
            "-config",
            folder.resolve("conf").toString(),
            "-startdate",
            DATE.format(from),
            "-enddate",
            DATE.format(until),
            "-extfile",
            extension.toString(),
            "-in",
            request.toString(),
            "-out",
            certificate.toString()));
    return new Issued(certificate, key);
  }

  /** Makes a key and what is asked of OpenSSL for it. */
  private static void request(String name, Path key, Path out, List<String> what)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl", "req"));
    command.addAll(what);
    command.addAll(List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"));
    command.addAll(List.of("-subj", "/CN=" + name));
    command.addAll(List.of("-keyout", key.toString(), "-out", out.toString()));
    Programs.run(command);
  }
}
