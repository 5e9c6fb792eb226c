package io.polegate.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is put into the folder, in a real framework. */
final class WatchTest {
  @TempDir Path root;
  private FelixRig rig;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    rig = new FelixRig(root);
    file = rig.file("line.jar");
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
  }

  private static FixtureJar good(String version) throws IOException {
    return new FixtureJar("com.example.line", version, "line-" + version);
  }

  /** What is wrong with a jar, and words that the reason has to contain. */
  private record Bad(FixtureJar jar, List<String> words) {
    static Bad of(FixtureJar jar, String... words) {
      return new Bad(jar, List.of(words));
    }
  }

  private static Map<String, Bad> malformed() throws IOException {
    Map<String, Bad> bad = new LinkedHashMap<>();
    bad.put("no manifest", Bad.of(good("2.0.0").withoutManifest(), "no manifest"));
    bad.put(
        "no name", Bad.of(good("2.0.0").without("Bundle-SymbolicName"), "no Bundle-SymbolicName"));
    bad.put("no version", Bad.of(good("2.0.0").without("Bundle-Version"), "no Bundle-Version"));
    bad.put("odd version", Bad.of(good("2.0.0").with("Bundle-Version", "2.x"), "1.2.3"));
    bad.put("fragment", Bad.of(good("2.0.0").with("Fragment-Host", "x"), "fragment"));
    bad.put(
        "name of the gateway",
        Bad.of(
            good("2.0.0").with("Bundle-SymbolicName", "org.apache.felix.scr"),
            "a part of the gateway"));
    bad.put(
        "api inside",
        Bad.of(good("2.0.0").holding("io/polegate/api/driver/Driver.class"), "provided"));
    return bad;
  }

  private static Map<String, Bad> doesNotResolve() throws IOException {
    Map<String, Bad> bad = new LinkedHashMap<>();
    bad.put(
        "missing package",
        Bad.of(
            good("2.0.0").importing("com.example.gone;version=\"[1,2)\""),
            "com.example.gone",
            "-conditionalpackage"));
    bad.put(
        "api of another time",
        Bad.of(
            good("2.0.0").with("Import-Package", "io.polegate.api.driver;version=\"[7,8)\""),
            "io.polegate.api.driver in another version",
            "here is 0.1.0"));
    bad.put(
        "newer Java",
        Bad.of(
            good("2.0.0")
                .with("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""),
            "another Java"));
    bad.put(
        "unknown capability",
        Bad.of(good("2.0.0").with("Require-Capability", "com.example.cap"), "com.example.cap"));
    return bad;
  }

  private static Map<String, Bad> fails() throws IOException {
    Map<String, Bad> bad = new LinkedHashMap<>();
    bad.put(
        "activator fails",
        Bad.of(
            good("2.0.0")
                .importing("org.osgi.framework")
                .with("Bundle-Activator", "io.polegate.plugins.FixtureActivator"),
            "no licence"));
    bad.put("component fails", Bad.of(good("2.0.0").behave("x", "component"), "no licence"));
    bad.put("name fails", Bad.of(good("2.0.0").behave("x", "name"), "com/example/Gone"));
    bad.put("name of two words", Bad.of(good("2.0.0").behave("two words", "nowhere"), "one word"));
    bad.put(
        "name is taken",
        Bad.of(good("2.0.0").behave("taken", "nowhere"), "\"taken\"", "com.example.other"));
    return bad;
  }

  private static Map<String, Bad> bad() throws IOException {
    Map<String, Bad> bad = new LinkedHashMap<>(malformed());
    bad.putAll(doesNotResolve());
    bad.putAll(fails());
    return bad;
  }

  static Stream<String> badNames() throws IOException {
    return bad().keySet().stream();
  }

  private Bad prepare(String what) throws Exception {
    new FixtureJar("com.example.other", "1.0.0", "taken").moveTo(rig.file("other.jar"));
    rig.look();
    return Objects.requireNonNull(bad().get(what));
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void aBadJarIsRefusedOnceWithAReasonAndLeavesNothingBehind(String what) throws Exception {
    Bad bad = prepare(what);
    int bundles = rig.context().getBundles().length;
    bad.jar().moveTo(file);
    rig.look();
    rig.look();
    rig.look();
    assertThat(rig.told()).containsExactly("plugin-started", "plugin-refused");
    assertThat(rig.reason()).contains(bad.words());
    assertThat(rig.context().getBundles()).hasSize(bundles);
    assertThat(rig.drivers()).containsExactly("taken");
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void aBadNewVersionLeavesTheOldOneRunning(String what) throws Exception {
    Bad bad = prepare(what);
    good("1.0.0").moveTo(file);
    rig.look();
    int bundles = rig.context().getBundles().length;
    bad.jar().moveTo(file);
    rig.look();
    rig.look();
    assertThat(rig.reason()).contains(bad.words());
    assertThat(rig.context().getBundles()).hasSize(bundles);
    assertThat(rig.drivers()).containsExactlyInAnyOrder("taken", "line-1.0.0");

    good("3.0.0").moveTo(file);
    rig.look();
    assertThat(rig.drivers()).containsExactlyInAnyOrder("taken", "line-3.0.0");
  }

  @Test
  void aJarThatIsThereAtTheFirstLookIsStartedAtOnce() throws Exception {
    good("1.0.0").moveTo(file);
    rig.look();
    assertThat(rig.drivers()).containsExactly("line-1.0.0");
    assertThat(rig.told()).containsExactly("plugin-started");
  }

  @Test
  void anotherVersionUnderTheSameFileNameTakesOver() throws Exception {
    good("1.0.0").moveTo(file);
    rig.look();
    int bundles = rig.context().getBundles().length;
    good("1.1.0").moveTo(file);
    rig.look();
    assertThat(rig.drivers()).containsExactly("line-1.1.0");
    assertThat(rig.context().getBundles()).hasSize(bundles);
  }

  @Test
  void theSameVersionWithOtherContentTakesOverToo() throws Exception {
    good("1.0.0").moveTo(file);
    rig.look();
    good("1.0.0").behave("line-new", "nowhere").moveTo(file);
    rig.look();
    assertThat(rig.drivers()).containsExactly("line-new");
  }

  @Test
  void aJarThatIsRemovedIsUninstalled() throws Exception {
    int bundles = rig.context().getBundles().length;
    good("1.0.0").moveTo(file);
    rig.look();
    Files.delete(file);
    rig.look();
    assertThat(rig.drivers()).isEmpty();
    assertThat(rig.context().getBundles()).hasSize(bundles);
    assertThat(rig.told()).containsExactly("plugin-started", "plugin-removed");
  }

  @Test
  void halfAJarMayStillBeOnItsWay() throws Exception {
    good("1.0.0").copyHalfTo(file);
    rig.look();
    assertThat(rig.told()).isEmpty();
    good("1.0.0").moveTo(file);
    rig.look();
    assertThat(rig.told()).containsExactly("plugin-started");
  }

  @Test
  void halfAJarThatStaysHalfIsRefusedOnceAndLeavesTheOldOneRunning() throws Exception {
    good("1.0.0").moveTo(file);
    rig.look();
    good("1.1.0").copyHalfTo(file);
    for (int look = 0; look < 4; look++) {
      rig.look();
    }
    assertThat(rig.told()).containsExactly("plugin-started", "plugin-refused");
    assertThat(rig.reason()).contains("no whole jar");
    assertThat(rig.drivers()).containsExactly("line-1.0.0");
  }

  @Test
  void theSamePluginInAnotherFileWaitsUntilTheFirstIsRemoved() throws Exception {
    good("1.0.0").moveTo(file);
    good("1.1.0").moveTo(rig.file("line-new.jar"));
    rig.look();
    rig.look();
    assertThat(rig.reason()).contains("line", ".jar", "remove one of the two");
    assertThat(rig.drivers()).hasSize(1);
    Files.delete(rig.drivers().contains("line-1.0.0") ? file : rig.file("line-new.jar"));
    rig.look();
    assertThat(rig.drivers()).hasSize(1);
    assertThat(rig.told())
        .containsExactly("plugin-started", "plugin-refused", "plugin-removed", "plugin-started");
  }

  @Test
  void aPluginWhoseNameWasTakenStartsWhenANewVersionOfTheOtherFreesIt() throws Exception {
    good("1.0.0").moveTo(file);
    rig.look();
    new FixtureJar("com.example.other", "1.0.0", "line-1.0.0").moveTo(rig.file("other.jar"));
    rig.look();
    assertThat(rig.drivers()).containsExactly("line-1.0.0");
    good("1.1.0").moveTo(file);
    rig.look();
    rig.look();
    assertThat(rig.drivers()).containsExactlyInAnyOrder("line-1.1.0", "line-1.0.0");
  }

  @Test
  void whatIsNoJarIsNobodysBusiness() throws Exception {
    Files.writeString(rig.file("README.txt"), "no plugin");
    Files.createDirectories(rig.file("old.jar"));
    rig.look();
    rig.look();
    rig.look();
    assertThat(rig.drivers()).isEmpty();
  }

  @Test
  void aFolderThatIsGoneIsMadeAgainAndItsPluginsEnd() throws Exception {
    good("1.0.0").moveTo(file);
    rig.look();
    Files.delete(file);
    Files.delete(rig.folder);
    rig.look();
    assertThat(rig.folder).isDirectory();
    assertThat(rig.drivers()).isEmpty();
  }
}
