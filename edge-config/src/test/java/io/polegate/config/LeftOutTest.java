package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.Configuration.Answer;
import io.polegate.api.config.Configuration.Change;
import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PoleSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret or a profile of the pole's own that is not there costs only what needs it. */
final class LeftOutTest {
  private static final String DOCUMENT =
      """
      pole: {id: A}
      buses: {line: {driver: modbus-rtu, port: /dev/ttyS1}, net: {driver: modbus-tcp, host: h}}
      devices:
        plain: {bus: line, unit: 1, points: {p: {address: "input:1"}}}
        one: {bus: line, profile: model}
        two: {bus: line, unit: 9, profile: model}
      cloud: {open: {url: "tcp://a:1"}, city: {url: "tcp://b:1", password: "${secret:city}"}}
      """;
  private static final String PROFILE =
      """
      version: 1
      name: {zh: 型号, en: Model}
      maker: {zh: 厂家, en: Maker}
      category: water-level
      source: nobody
      confidence: medium
      drivers: [modbus-rtu]
      link: {unit: 7}
      points: {level: {address: "holding:4", unit: mm}}
      """;
  @TempDir private Path folder;
  private TestPole pole;
  private Path profile;

  @BeforeEach
  void aPoleThatRan() throws IOException {
    pole = new TestPole(folder);
    profile = Files.createDirectory(pole.config.resolve("profiles")).resolve("model.yaml");
    Files.writeString(profile, PROFILE);
    pole.environment.put("POLEGATE_SECRET_CITY", "hunter2");
    pole.write(DOCUMENT);
    assertThat(pole.run()).isZero();
    assertThat(last().devices()).hasSize(3);
    assertThat(last().connections()).hasSize(2);
    assertThat(pole.events).isEmpty();
  }

  private PoleSpec last() {
    return pole.applied.get(pole.applied.size() - 1);
  }

  private void assertOnlyThePlainDeviceRuns() {
    assertThat(pole.run()).isZero();
    assertThat(pole.err()).isEmpty();
    assertThat(last().devices()).extracting(DeviceSpec::id).containsExactly("plain");
    assertThat(last().connections()).hasSize(2);
    assertThat(pole.eventTypes()).containsExactly("configuration-part-left-out");
    assertThat(pole.attribute("configuration-part-left-out", "problem")).contains("model");
  }

  @Test
  void anOwnProfileThatBecameWrongCostsItsDevices() throws IOException {
    Files.writeString(profile, PROFILE.replace("holding:4", "nonsense:4"));
    assertOnlyThePlainDeviceRuns();
  }

  @Test
  void anOwnProfileThatIsNoYamlAnyMoreCostsItsDevices() throws IOException {
    Files.writeString(profile, "version: {");
    assertOnlyThePlainDeviceRuns();
  }

  @Test
  void anOwnProfileThatSaysTooLittleCostsItsDevices() throws IOException {
    Files.writeString(profile, PROFILE.replace("source: nobody\n", ""));
    assertOnlyThePlainDeviceRuns();
  }

  @Test
  void anOwnProfileWhoseBaseIsGoneCostsItsDevices() throws IOException {
    Files.writeString(profile, PROFILE + "extends: model-of-old\n");
    assertOnlyThePlainDeviceRuns();
  }

  @Test
  void anOwnProfileThatIsGoneCostsItsDevicesUntilItIsBack() throws IOException {
    Files.delete(profile);
    assertOnlyThePlainDeviceRuns();
    Files.writeString(profile, PROFILE);
    assertThat(pole.run()).isZero();
    assertThat(last().devices()).hasSize(3);
  }

  @Test
  void aDeviceThatIsLeftOutIsInNobodysWay() throws IOException {
    Files.writeString(profile, PROFILE.replace("mm}", "mm, min: 2, max: 1}"));
    pole.write(DOCUMENT.replace("unit: 1,", "unit: 9,"));
    assertOnlyThePlainDeviceRunsAfterAnEdit();
  }

  private void assertOnlyThePlainDeviceRunsAfterAnEdit() {
    assertThat(pole.run()).isZero();
    assertThat(pole.err()).isEmpty();
    assertThat(last().devices()).extracting(DeviceSpec::id).containsExactly("plain");
  }

  @Test
  void aMistakeInTheDocumentItselfStillRefusesAll() {
    pole.write(DOCUMENT.replace("input:1", "nonsense:1"));
    assertThat(pole.run()).isZero();
    assertThat(pole.eventTypes()).containsExactly("configuration-fallback");
    assertThat(last().devices()).hasSize(3);
  }

  @Test
  void aConnectionWithoutItsSecretIsLeftOutUntilThatIsSet() throws IOException {
    pole.environment.clear();
    assertThat(pole.run()).isZero();
    assertThat(last().connections()).extracting(ConnectionSpec::id).containsExactly("open");
    assertThat(last().devices()).hasSize(3);
    assertThat(pole.attribute("configuration-part-left-out", "problem"))
        .contains("there is no secret \"city\"");

    pole.secrets().put("city", "hunter2");
    assertThat(last().connections()).extracting(ConnectionSpec::id).containsExactly("open", "city");
    assertThat(last().toString()).doesNotContain("hunter2");
  }

  @Test
  void aBusWithoutItsSecretIsLeftOutAndSaysWhy() {
    pole.write(DOCUMENT.replace("host: h", "host: \"${secret:where}\""));
    assertThat(pole.run()).isZero();
    assertThat(last().buses()).extracting(BusSpec::id).containsExactly("line", "net");
    assertThat(last().buses().get(0).problem()).isEmpty();
    assertThat(last().buses().get(1).problem())
        .hasValueSatisfying(why -> assertThat(why).contains("there is no secret \"where\""));
  }

  @Test
  void aDeviceWithoutItsSecretIsLeftOut() {
    pole.write(DOCUMENT.replace("unit: 9", "unit: \"${secret:unit}\""));
    assertThat(pole.run()).isZero();
    assertThat(last().devices()).extracting(DeviceSpec::id).containsExactly("plain", "one");
  }

  @Test
  void aChangeIsRefusedForWhatARunWouldLeaveOut() throws IOException {
    Files.delete(profile);
    Change change = new Change("c", DOCUMENT + "# more\n", "somebody", "", Optional.empty());
    assertThat(pole.configuration().change(change)).isInstanceOf(Answer.Refused.class);
  }
}
