package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped profile, in documents that are checked with the real drivers. */
final class ProfilesTest {
  static List<String> ids() throws IOException {
    return ShippedProfiles.ids();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void aDeviceOfItPassesTheCheckOnEachOfItsDrivers(String id) throws IOException {
    List<String> drivers = ShippedProfiles.drivers(id);
    assertThat(drivers).as("drivers of " + id).isNotEmpty();
    for (String driver : drivers) {
      ProfileDocument document =
          ProfileDocument.of(id, driver, ProfileDocument.nowhere(driver), Map.of());
      assertThat(document.points()).isNotEmpty();
      assertThat(document.device().profile())
          .hasValueSatisfying(profile -> assertThat(profile.id()).isEqualTo(id));
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void eachChoiceOfAnOptionPassesTheCheck(String id) throws IOException {
    String driver = ShippedProfiles.drivers(id).get(0);
    for (Map.Entry<String, List<String>> option : ShippedProfiles.options(id).entrySet()) {
      for (String choice : option.getValue()) {
        Map<String, ?> device = Map.of("options", Map.of(option.getKey(), choice));
        ProfileDocument document =
            ProfileDocument.of(id, driver, ProfileDocument.nowhere(driver), device);
        assertThat(document.points()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void peopleReadTheNameOfEachPointInBothLanguages(String id) throws IOException {
    String driver = ShippedProfiles.drivers(id).get(0);
    ProfileDocument document =
        ProfileDocument.of(id, driver, ProfileDocument.nowhere(driver), Map.of());
    assertThat(document.device().points())
        .allSatisfy(point -> assertThat(point.names()).as(point.id()).containsOnlyKeys("zh", "en"));
  }

  /** A bundle cannot list its own resources, so somebody has to. */
  @Test
  void theReadmeListsEachShippedProfile() throws IOException {
    String readme = Files.readString(ShippedProfiles.FOLDER.resolve("README.md"));
    for (String id : ids()) {
      assertThat(readme).contains("[" + id + "](" + id + ".yaml)");
    }
  }

  @Test
  void theIndexNamesAllProfiles() throws IOException {
    assertThat(Files.readAllLines(ShippedProfiles.FOLDER.resolve("index.txt"))).isEqualTo(ids());
  }

  @Test
  void thereAreProfilesAndGoldenFramesAreOfProfiles() throws IOException {
    assertThat(ids()).hasSizeGreaterThanOrEqualTo(50).containsAll(ShippedProfiles.golden());
  }
}
