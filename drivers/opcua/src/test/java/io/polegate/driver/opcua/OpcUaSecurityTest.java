package io.polegate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.polegate.api.data.Value;
import io.polegate.api.driver.EndpointDownException;
import io.polegate.api.driver.Sample;
import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who trusts whom. */
class OpcUaSecurityTest {
  private static final String ENCRYPTED = "Basic256Sha256-SignAndEncrypt";
  private static MiloServer.Identity identity;

  @TempDir Path data;
  private int port;
  private MiloServer server;

  @BeforeAll
  static void makeCertificate() throws Exception {
    identity = MiloServer.Identity.of("127.0.0.1", Period.ofYears(1));
  }

  @BeforeEach
  void start() throws Exception {
    port = Ports.free();
    server = new MiloServer(port, identity, List.of("urn:lamp"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic256Sha256-Sign", ENCRYPTED})
  void theFirstContactIsRefusedUntilAPersonTrustsTheServer(String security) throws Exception {
    try (OpcUaDriver driver = secure(security)) {
      String refusal = refusal(driver);
      Path rejected = rejected().get(0);
      assertThat(refusal)
          .contains(rejected.toString(), data.resolve("opcua/trusted").toString())
          .contains(rejected.getFileName().toString().replace(".der", ""));
      assertThat(refusal(driver)).isEqualTo(refusal);
      trust(rejected);
      driver.open(); // without a restart
      assertThat(Pole.level(driver)).isEqualTo(Sample.good(Pole.fifty()));
    }
  }

  @Test
  void anotherCertificateIsRefusedAgain() throws Exception {
    try (OpcUaDriver driver = trusting()) {
      driver.open();
      server.close();
      MiloServer.Identity other = MiloServer.Identity.of("127.0.0.1", Period.ofYears(1));
      server = new MiloServer(port, other, List.of("urn:lamp"));
      assertThatThrownBy(() -> Pole.level(driver)).isInstanceOf(EndpointDownException.class);
      assertThat(refusal(driver)).contains("nobody has trusted");
      trust(rejected().get(0));
      driver.open();
      assertThat(Pole.level(driver)).isEqualTo(Sample.good(Pole.fifty()));
    }
  }

  @Test
  void anEntryInRejectedOrAStrayFileInTrustedIsNoTrust() throws Exception {
    try (OpcUaDriver driver = secure(ENCRYPTED)) {
      refusal(driver);
      Files.writeString(data.resolve("opcua/trusted/notes.txt"), "call Li at 8");
      assertThat(refusal(driver)).contains("nobody has trusted");
    }
  }

  @Test
  void theCertificateOfTheGatewayIsMadeOnceAndItsKeyIsSecret() throws Exception {
    try (OpcUaDriver driver = trusting()) {
      driver.open();
    }
    Path key = data.resolve("opcua/own/private.pem");
    String before = Files.readString(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(before).contains("BEGIN PRIVATE KEY", "BEGIN CERTIFICATE");
    try (OpcUaDriver driver = secure(ENCRYPTED)) {
      driver.open();
    }
    assertThat(Files.readString(key)).isEqualTo(before);
    try (Stream<Path> files = Files.list(key.getParent())) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("private.pem", "certificate.der");
    }
  }

  @Test
  void aCertificateForAnotherHostIsRefusedUnlessThatIsSwitchedOff() throws Exception {
    server.close();
    server =
        new MiloServer(
            port, MiloServer.Identity.of("192.0.2.1", Period.ofYears(1)), List.of("urn:lamp"));
    try (OpcUaDriver driver = secure(ENCRYPTED)) {
      refusal(driver);
      trust(rejected().get(0));
      assertThat(refusal(driver)).contains("does not name the host 127.0.0.1", "check-host");
    }
    try (OpcUaDriver driver =
        Pole.driver(port, Optional.of(data), "security", ENCRYPTED, "check-host", "false")) {
      driver.open();
      assertThat(Pole.level(driver)).isEqualTo(Sample.good(Pole.fifty()));
    }
  }

  @Test
  void anExpiredCertificateIsRefusedAndTheClockIsNamedAsASuspect() throws Exception {
    server.close();
    server =
        new MiloServer(
            port, MiloServer.Identity.of("127.0.0.1", Period.ofDays(-1)), List.of("urn:lamp"));
    try (OpcUaDriver driver = secure(ENCRYPTED)) {
      refusal(driver);
      trust(rejected().get(0));
      assertThat(refusal(driver)).contains("set the clock if that is wrong");
    }
  }

  @Test
  void aUserIsKnownByNameAndPassword() throws Exception {
    trusting().close();
    try (OpcUaDriver driver = named(ENCRYPTED, MiloServer.PASSWORD)) {
      driver.open();
      assertThat(Pole.level(driver)).isEqualTo(Sample.good(Pole.fifty()));
    }
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    trusting().close();
    try (OpcUaDriver driver = named(ENCRYPTED, "wrong")) {
      assertThat(refusal(driver)).contains("refuses the user").doesNotContain("wrong");
    }
  }

  @Test
  void aRefusedUserLeavesNoSessionAtTheServer() throws Exception {
    trusting().close();
    try (OpcUaDriver driver = named(ENCRYPTED, "wrong")) {
      for (int i = 0; i < 20; i++) {
        assertThat(refusal(driver)).contains("refuses the user");
        assertThat(server.sessions()).isZero();
      }
    }
  }

  @Test
  void aPasswordIsNotEncryptedForAServerThatNobodyTrusts() throws Exception {
    try (OpcUaDriver driver = named("none", MiloServer.PASSWORD)) {
      assertThat(refusal(driver)).contains("nobody has trusted");
      trust(rejected().get(0));
      driver.open();
      assertThat(Pole.level(driver)).isEqualTo(Sample.good(Pole.fifty()));
    }
  }

  @Test
  void aNewSessionTakesTheSubscriptionOfAForgottenOne() throws Exception {
    List<Sample> reports = new CopyOnWriteArrayList<>();
    try (OpcUaDriver driver = trusting()) {
      driver.open();
      driver.subscribe(
          List.of(Pole.point(driver, "s=Double", "real")), (point, sample) -> reports.add(sample));
      Await.until("a report", () -> !reports.isEmpty());
      server.forgetSessionsOnly();
      server.namespace("urn:lamp").set("Double", 0.5);
      // nobody opened or subscribed anew
      Await.until("the change", () -> reports.contains(Sample.good(new Value.Real(0.5))));
      assertThat(Pole.level(driver)).isEqualTo(Sample.good(Pole.fifty()));
      assertThat(server.subscriptions()).isEqualTo(1);
    }
  }

  @Test
  void aUserIsKnownByACertificate() throws Exception {
    trusting().close();
    Path user = data.resolve("opcua/own/private.pem");
    try (OpcUaDriver own = secure(ENCRYPTED)) {
      own.open();
    }
    try (OpcUaDriver driver =
        Pole.driver(
            port,
            Optional.of(data),
            "security",
            ENCRYPTED,
            "user-certificate",
            user.toString(),
            "user-key",
            user.toString())) {
      driver.open();
      assertThat(Pole.level(driver)).isEqualTo(Sample.good(Pole.fifty()));
    }
  }

  @Test
  void aGatewayWithoutDataFolderSaysThatItCannotBeSecure() throws Exception {
    try (OpcUaDriver driver = Pole.driver(port, Optional.empty(), "security", ENCRYPTED)) {
      assertThat(refusal(driver)).contains("no data folder");
    }
  }

  private OpcUaDriver secure(String security) throws Exception {
    return Pole.driver(port, Optional.of(data), "security", security);
  }

  private OpcUaDriver named(String security, String password) throws Exception {
    return Pole.driver(
        port,
        Optional.of(data),
        "security",
        security,
        "username",
        MiloServer.USER,
        "password",
        password);
  }

  /** A driver whose gateway trusts the server. */
  private OpcUaDriver trusting() throws Exception {
    OpcUaDriver driver = secure(ENCRYPTED);
    refusal(driver);
    trust(rejected().get(0));
    return driver;
  }

  private static String refusal(OpcUaDriver driver) {
    return Objects.requireNonNull(
        catchThrowableOfType(EndpointDownException.class, driver::open).getMessage());
  }

  private List<Path> rejected() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("opcua/rejected"))) {
      return files.toList();
    }
  }

  private void trust(Path rejected) throws IOException {
    Files.move(rejected, data.resolve("opcua/trusted").resolve(rejected.getFileName()));
  }
}
