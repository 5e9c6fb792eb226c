package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The assembled gateway always finds a document to run. How often it is killed: {@code
 * -Dpolegate.kills=50} for a full round; every place of a cut is tried by the tests of {@code
 * edge-config}.
 */
final class ConfigurationIT {
  private static final int KILLS = Integer.getInteger("polegate.kills", 5);
  private static final int MOST_MILLIS = 4_000;
  private final Random random = new Random();
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("config/pole.yaml");
  }

  private static String document(int number) {
    return "pole: {id: P-%d}\nbuses: {sim: {driver: simulator}}\n".formatted(number)
        + "# a line that is not needed\n".repeat(300);
  }

  private static void assertRuns(GatewayProcess gateway, String pole) throws Exception {
    assertThat(gateway.get("/api/v1/status")).contains("\"" + pole + "\"");
  }

  /** Something that happens to the document. */
  @FunctionalInterface
  private interface Damage {
    void to(Path file) throws IOException;
  }

  @Test
  void aDamagedDocumentStartsWithTheLastGoodOneAndSaysSo() throws Exception {
    byte[] whole = document(1).getBytes(StandardCharsets.UTF_8);
    int cut = random.nextInt(whole.length);
    List<Damage> damages =
        List.of(
            file -> Files.write(file, Arrays.copyOf(whole, cut)),
            file -> Files.write(file, new byte[0]),
            file -> Files.write(file, new byte[whole.length]),
            file -> garble(file, whole.clone()),
            Files::delete);
    try (GatewayProcess gateway = GatewayProcess.start(folder, document(1))) {
      for (int times = 1; times <= damages.size(); times++) {
        gateway.kill();
        damages.get(times - 1).to(file());
        gateway.start();
        assertRuns(gateway, "P-1");
        assertThat(gateway.log().split("polegate starts with version 1 of", -1))
            .as("cut at %d, damage %d: %s", cut, times, gateway.log())
            .hasSize(times + 1);
        assertThat(Files.readAllBytes(file())).isEqualTo(whole);
      }
    }
  }

  private void garble(Path file, byte[] content) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, content);
    Files.setLastModifiedTime(file, time);
  }

  @Test
  void killedAtAnyMomentOfTakingUpANewDocumentItRunsThatDocument() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder, document(0))) {
      for (int kill = 1; kill <= KILLS; kill++) {
        gateway.kill();
        Files.writeString(file(), document(kill));
        gateway.startAndKill(Duration.ofMillis(random.nextInt(MOST_MILLIS)));
        gateway.start();
        assertRuns(gateway, "P-" + kill);
        assertThat(file()).hasContent(document(kill));
        assertThat(gateway.log()).doesNotContain("polegate starts with", "damaged");
      }
    }
  }

  @Test
  void aNewPoleTakesItsDocumentFromTheFirstBootFolder() throws Exception {
    Path first = Files.createDirectories(folder.resolve("config/first-boot"));
    Files.writeString(first.resolve("pole.yaml"), document(7));
    Files.writeString(first.resolve("secrets.yaml"), "city-mqtt: top-secret\n");
    try (GatewayProcess gateway = GatewayProcess.startAsItIs(folder)) {
      assertRuns(gateway, "P-7");
      assertThat(gateway.log()).contains("this pole is new").doesNotContain("top-secret");
      assertThat(first.resolve("secrets.yaml")).doesNotExist();
      assertThat(call("", "secret", "list").stdout()).isEqualTo("city-mqtt\n");
    }
  }

  @Test
  void secretsAreSetWhileTheGatewayRuns() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder, document(1))) {
      assertThat(call("value of it\n", "secret", "set", "city-mqtt").code()).isZero();
      assertThat(call("", "secret", "list").stdout()).isEqualTo("city-mqtt\n");
      assertThat(call("", "secret", "remove", "city-mqtt").code()).isZero();
      assertThat(call("", "secret", "list").stdout()).isEmpty();
      assertThat(gateway.log()).doesNotContain("value of it");
      assertRuns(gateway, "P-1");
    }
  }

  private GatewayProcess.Ended call(String input, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", folder.resolve("config").toString()));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    return GatewayProcess.callWith(input, folder, all.toArray(String[]::new));
  }
}
