package io.polegate.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where secrets are, and what happens when that is damaged. */
final class SecretFileTest {
  private static final int CUTS = 20;
  private final Random random = new Random(5);
  private final List<String> damages = new ArrayList<>();
  @TempDir private Path folder;
  private Path config;
  private Path data;

  @BeforeEach
  void twoSecrets() throws IOException {
    config = Files.createDirectory(folder.resolve("config"));
    data = folder.resolve("data");
    open().put("city-mqtt", "pässword");
    open().put("plc", "second");
  }

  private SecretFile open() {
    return open(Map.of());
  }

  private SecretFile open(Map<String, String> environment) {
    return new SecretFile(config, data, environment, damages::add);
  }

  private Path file(String name) {
    return (name.equals("secrets") ? config : data).resolve(name);
  }

  @Test
  void secretsAreFoundByTheirNameAndOnlyThere() throws IOException {
    assertThat(open().find("city-mqtt")).hasValue("pässword");
    assertThat(open().find("plc")).hasValue("second");
    assertThat(open().find("other")).isEmpty();
    assertThat(open().names()).containsExactly("city-mqtt", "plc");
    for (String name : List.of("secrets", "secrets.copy", "secrets.key", "secrets.key.copy")) {
      assertThat(Files.readString(file(name), ISO_8859_1)).doesNotContain("second", "city-mqtt");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name))))
          .isEqualTo("rw-------");
    }
    assertThat(damages).isEmpty();
  }

  @Test
  void theSameSecretsAreNeverTheSameBytes() throws IOException {
    byte[] before = Files.readAllBytes(file("secrets"));
    open().put("plc", "second");
    assertThat(Files.readAllBytes(file("secrets"))).isNotEqualTo(before);
  }

  @Test
  void theEnvironmentGoesBeforeTheFile() {
    SecretFile secrets = open(Map.of("POLEGATE_SECRET_CITY_MQTT", "env", "PATH", "/"));
    assertThat(secrets.find("city-mqtt")).hasValue("env");
    assertThat(secrets.names()).containsExactly("city-mqtt", "plc");
  }

  @Test
  void whatTheCommandLineWritesIsSeenByARunningGateway() throws IOException {
    SecretFile running = open();
    assertThat(running.find("plc")).hasValue("second");
    assertThat(running.refresh()).isFalse();
    open().put("plc", "third");
    assertThat(running.find("plc")).hasValue("third");
    assertThat(running.refresh()).isFalse();
    open().put("plc", "fourth");
    assertThat(running.refresh()).isTrue();
    assertThat(running.refresh()).isFalse();
    open().remove("plc");
    assertThat(running.find("plc")).isEmpty();
  }

  @Test
  void namesAndValuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> open().put("City", "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> open().put("../x", "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> open().put("x", "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> open().put("x", "x".repeat(4097)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secrets", "secrets.copy", "secrets.key", "secrets.key.copy"})
  void oneFileCutOffGarbledOrGoneIsRepairedFromTheOther(String name) throws IOException {
    byte[] whole = Files.readAllBytes(file(name));
    for (int i = 0; i < CUTS; i++) {
      damages.clear();
      Files.write(file(name), Arrays.copyOf(whole, random.nextInt(whole.length)));
      assertRepaired(name, whole);
      byte[] garbled = whole.clone();
      garbled[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file(name), garbled);
      assertRepaired(name, whole);
    }
    Files.delete(file(name));
    assertRepaired(name, whole);
  }

  private void assertRepaired(String name, byte[] whole) throws IOException {
    damages.clear();
    assertThat(open().find("city-mqtt")).hasValue("pässword");
    assertThat(damages).hasSize(1);
    assertThat(damages.get(0)).contains(name).contains("repaired from its copy");
    assertThat(Files.readAllBytes(file(name))).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secrets", "secrets.key"})
  void bothDamagedIsSaidAndNewOnesCanBeSet(String name) throws IOException {
    Path copy = data.resolve(name + ".copy");
    Files.write(file(name), new byte[10]);
    Files.write(copy, new byte[10]);
    SecretFile secrets = open();
    assertThat(secrets.find("plc")).isEmpty();
    assertThat(secrets.find("plc")).isEmpty();
    assertThat(damages).hasSize(1);
    assertThat(damages.get(0)).contains("set them again");

    open().put("plc", "again");
    assertThat(open().find("plc")).hasValue("again");
    assertThat(file(name).resolveSibling(name + ".damaged")).exists();
  }

  @Test
  void secretsOfAnotherPoleCannotBeRead() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.copy(file("secrets"), other.resolve("secrets"));
    SecretFile elsewhere =
        new SecretFile(other, folder.resolve("other-data"), Map.of(), damages::add);
    assertThat(elsewhere.find("plc")).isEmpty();
    assertThat(damages).hasSize(1);
  }

  @Test
  void thePowerMayGoBetweenTheFileAndItsCopy() throws IOException {
    byte[] before = Files.readAllBytes(file("secrets.copy"));
    open().put("plc", "third");
    Files.write(file("secrets.copy"), before);
    assertThat(open().find("plc")).hasValue("third");
    assertThat(damages).isEmpty();
    assertThat(Files.readAllBytes(file("secrets.copy")))
        .isEqualTo(Files.readAllBytes(file("secrets")));
  }

  @Test
  void lookingFromTheFolderOfAnotherPoleTouchesNothing() throws IOException {
    SecretFile own = new SecretFile(folder.resolve("a"), folder.resolve("d"), Map.of(), w -> {});
    Files.createDirectories(folder.resolve("a"));
    own.put("city", "hunter2");
    Path other = Files.createDirectories(folder.resolve("other"));
    Path foreign = Files.createDirectories(folder.resolve("foreign")).resolve("secrets");
    Files.writeString(foreign, "of another pole");

    for (Path config : List.of(other, foreign.getParent())) {
      assertThat(SecretFile.untouched(config, folder.resolve("d"), Map.of()).find("city"))
          .hasValue("hunter2");
    }
    assertThat(other).isEmptyDirectory();
    assertThat(foreign).hasContent("of another pole");
  }
}
