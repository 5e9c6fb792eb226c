package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Configuration.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new pole that nobody configures by hand. */
final class ProvisioningTest {
  private static final String WITH_SECRET =
      "pole: {id: stick}\ncloud: {city: {url: \"tcp://b:1883\", password: \"${secret:city}\"}}\n";
  @TempDir private Path folder;
  private TestPole pole;

  @BeforeEach
  void aNewPole() {
    pole = new TestPole(folder);
  }

  private static Path put(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private SecretFile secrets() {
    return new SecretFile(pole.config, pole.data, Map.of(), damage -> {});
  }

  private void assertProvisioned(String id) {
    assertThat(pole.run()).isZero();
    assertThat(pole.inForce()).isEqualTo(id);
    Version current = pole.configuration().current();
    assertThat(current.author()).isEqualTo("provisioning");
    assertThat(current.number()).isEqualTo(1);
    assertThat(pole.err()).contains("this pole is new and has its document from ");
  }

  @Test
  void firstBootFolderBringsDocumentProfilesAndSecrets() throws IOException {
    Path from = pole.config.resolve("first-boot");
    put(from.resolve("pole.yaml"), WITH_SECRET);
    put(from.resolve("profiles/own.yaml"), "profile");
    Path plain = put(from.resolve("secrets.yaml"), "city: 0123\nother: \"two words\"\n");

    assertProvisioned("stick");

    assertThat(pole.file()).hasContent(WITH_SECRET);
    assertThat(pole.config.resolve("profiles/own.yaml")).hasContent("profile");
    assertThat(secrets().find("city")).hasValue("0123");
    assertThat(secrets().find("other")).hasValue("two words");
    assertThat(plain).doesNotExist();
    assertThat(pole.err()).contains("secrets.yaml is removed");
  }

  @Test
  void aStickIsFoundInBothPlacesAndLeftAsItIs() throws IOException {
    put(pole.root.resolve("run/media/technician/STICK/polegate/pole.yaml"), WITH_SECRET);
    Path plain =
        put(pole.root.resolve("run/media/technician/STICK/polegate/secrets.yaml"), "city: x\n");
    assertProvisioned("stick");
    assertThat(plain).exists();
  }

  @Test
  void whatIsWrongIsSaidWithItsPlaceAndTheNextIsTried() throws IOException {
    Path bad = put(pole.config.resolve("first-boot/pole.yaml"), "pole: {id: }\n");
    Path without = put(folder.resolve("second/pole.yaml"), WITH_SECRET);
    Path good = put(folder.resolve("third/pole.yaml"), "pole: {id: third}\n");
    put(pole.root.resolve("media/usb/polegate/pole.yaml"), "pole: {id: late}\n");
    pole.environment.put(
        "POLEGATE_PROVISION", without.getParent() + ":/nowhere:" + good.getParent());

    assertProvisioned("third");

    assertThat(pole.err())
        .contains(bad + ":1:8: ")
        .contains(without + ":2:37: password of connection \"city\": there is no secret \"city\"");
  }

  @Test
  void secretsThatAreNoTableAreRefusedWithoutShowingThem() throws IOException {
    put(pole.config.resolve("first-boot/pole.yaml"), WITH_SECRET);
    Path plain = put(pole.config.resolve("first-boot/secrets.yaml"), "city: hidden\n\tother: [\n");
    assertThat(pole.run()).isEqualTo(1);
    assertThat(pole.err()).contains(plain + ":2:").doesNotContain("hidden");
    put(plain, "city: [hidden]\n");
    assertThat(pole.run()).isEqualTo(1);
    assertThat(pole.err()).contains("the value of \"city\" is no text").doesNotContain("hidden");
    assertThat(pole.file()).doesNotExist();
  }

  @Test
  void linksOnAStickLeadNowhere() throws IOException {
    Path stick = pole.root.resolve("media/usb/polegate");
    Path other = put(folder.resolve("private.yaml"), "pole: {id: other}\n");
    Files.createDirectories(stick.resolve("profiles"));
    Files.createSymbolicLink(stick.resolve("pole.yaml"), other);
    assertThat(pole.run()).isEqualTo(1);
    assertThat(pole.err()).contains("is not an ordinary file");

    Files.delete(stick.resolve("pole.yaml"));
    put(stick.resolve("pole.yaml"), "pole: {id: A}\n");
    Files.createSymbolicLink(stick.resolve("profiles/x.yaml"), other);
    assertThat(pole.run()).isEqualTo(1);
    assertThat(pole.config.resolve("profiles/x.yaml")).doesNotExist();
  }

  @Test
  void theEnvironmentMayHoldTheDocument() {
    pole.environment.put("POLEGATE_DOCUMENT", WITH_SECRET);
    assertThat(pole.run()).isEqualTo(1);
    assertThat(pole.err())
        .contains(
            "POLEGATE_DOCUMENT:2:37: password of connection \"city\": there is no secret \"city\"");
    pole.environment.put("POLEGATE_SECRET_CITY", "x");
    assertProvisioned("stick");
  }

  @Test
  void aPoleThatHasADocumentIgnoresSticks() throws IOException {
    pole.write("pole: {id: own}\n");
    assertThat(pole.run()).isZero();
    Path stick = pole.root.resolve("media/usb/polegate/pole.yaml");
    put(stick, "pole: {id: stick}\n");
    assertThat(pole.run()).isZero();
    assertThat(pole.inForce()).isEqualTo("own");
    Files.delete(pole.file());
    assertThat(pole.run()).isZero();
    assertThat(pole.inForce()).isEqualTo("own");
  }

  @Test
  void anImportThatWasCutOffIsDoneAgain() throws IOException {
    Path from = pole.config.resolve("first-boot");
    put(from.resolve("pole.yaml"), WITH_SECRET);
    put(pole.config.resolve("profiles/own.yaml"), "half");
    put(from.resolve("profiles/own.yaml"), "whole");
    // the secrets got in, and the plain ones are removed already
    secrets().put("city", "x");
    assertProvisioned("stick");
    assertThat(pole.config.resolve("profiles/own.yaml")).hasContent("whole");
  }

  @Test
  void anImportThatGotIntoTheHistoryOnlyIsFinished() throws IOException {
    put(pole.config.resolve("first-boot/pole.yaml"), "pole: {id: stick}\n");
    assertProvisioned("stick");
    Files.delete(pole.file());
    Files.delete(pole.data.resolve("config/installed"));
    pole.events.clear();
    assertThat(pole.run()).isZero();
    assertThat(pole.inForce()).isEqualTo("stick");
    assertThat(pole.configuration().current().author()).isEqualTo("provisioning");
    assertThat(pole.events).isEmpty();
    assertThat(pole.err()).isEmpty();
  }
}
