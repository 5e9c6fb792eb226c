package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/**
 * A hundred times in a row a plugin is installed, upgraded and removed while a bus works on its
 * driver, in the assembled gateway. Whatever a round leaves behind, a hundred leave a hundred
 * times.
 */
final class PluginRoundsIT {
  private static final int ROUNDS = Integer.getInteger("polegate.rounds", 100);
  private static final String DOCUMENT =
      """
      pole: {id: P-1}
      buses: {sim: {driver: simulator}}
      devices: {d: {bus: sim, poll: 50ms, points: {p: {signal: ramp}}}}
      """;

  @TempDir Path folder;
  private Path plugins;
  private GatewayFramework gateway;
  private BundleContext context;

  @BeforeEach
  void start() throws Exception {
    plugins = Files.createDirectories(folder.resolve("data/plugins"));
    Files.writeString(folder.resolve("pole.yaml"), DOCUMENT);
    gateway = startGateway();
    context = gateway.framework().getBundleContext();
  }

  @AfterEach
  void stop() throws Exception {
    gateway.stop();
  }

  @Test
  void aHundredRoundsLeaveNothingBehind() throws Exception {
    Path first = version("1.0.0");
    Path second = version("2.0.0");
    assertThat(gateway.call("run")).isZero();
    round(first, second);
    Set<String> before = residue();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      loaders.addAll(round(first, second));
    }
    assertThat(residue()).isEqualTo(before);
    Await.until("the class loaders of all rounds are gone", () -> collected(loaders));
  }

  /** Installed, upgraded, removed, each step over when the bus follows. */
  private List<WeakReference<ClassLoader>> round(Path first, Path second) throws Exception {
    Path file = plugins.resolve("sim.jar");
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    TemplateBuild.drop(first, file);
    Await.until("the bus works", () -> works("1.0.0"));
    loaders.add(loader());
    TemplateBuild.drop(second, file);
    Await.until("the bus works with the new version", () -> works("2.0.0"));
    loaders.add(loader());
    Files.delete(file);
    Await.until("the bus is stopped", () -> plugin().isEmpty() && busThreads() == 0);
    return loaders;
  }

  private GatewayFramework startGateway() throws Exception {
    Path home = GatewayProcess.HOME;
    Map<String, String> properties = new HashMap<>();
    properties.put("polegate.data", folder.resolve("data").toString());
    properties.put("polegate.plugins", plugins.toString());
    properties.put("polegate.plugins.every", "20");
    properties.put("polegate.config", folder.toString());
    properties.put("polegate.version", "test");
    properties.put("org.apache.felix.http.host", "127.0.0.1");
    properties.put("org.osgi.service.http.port", Integer.toString(Ports.free()));
    return GatewayFramework.start(
        folder.resolve("cache"),
        properties,
        List.of(
            home.resolve("bundles"), home.resolve("bundles/run"), home.resolve("bundles/last")));
  }

  /** The simulator as a plugin: the gateway of this test comes without its own. */
  private Path version(String version) throws IOException {
    Path original;
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(
            GatewayProcess.HOME.resolve("drivers"), "io.polegate.driver.simulator-*.jar")) {
      original = jars.iterator().next();
    }
    Path copy = folder.resolve("sim-" + version + ".jar");
    try (JarFile jar = new JarFile(original.toFile())) {
      Manifest manifest = new Manifest(jar.getManifest());
      manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
        for (JarEntry entry : jar.stream().toList()) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            copy(jar, entry, out);
          }
        }
      }
    }
    return copy;
  }

  private static void copy(JarFile jar, JarEntry entry, JarOutputStream out) throws IOException {
    out.putNextEntry(new JarEntry(entry.getName()));
    try (InputStream in = jar.getInputStream(entry)) {
      in.transferTo(out);
    }
    out.closeEntry();
  }

  private Optional<Bundle> plugin() {
    return Stream.of(context.getBundles())
        .filter(bundle -> bundle.getLocation().startsWith("plugin:"))
        .findFirst();
  }

  private boolean works(String version) {
    return busThreads() == 1
        && Stream.of(context.getBundles())
            .filter(bundle -> bundle.getLocation().startsWith("plugin:"))
            .map(bundle -> bundle.getVersion().toString())
            .toList()
            .equals(List.of(version));
  }

  private WeakReference<ClassLoader> loader() {
    return new WeakReference<>(plugin().orElseThrow().adapt(BundleWiring.class).getClassLoader());
  }

  private static boolean collected(List<WeakReference<ClassLoader>> loaders) {
    System.gc();
    return loaders.stream().allMatch(loader -> loader.get() == null);
  }

  private static long busThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("bus-sim"))
        .count();
  }

  /** What could pile up: bundles, services, threads, files. */
  private Set<String> residue() throws Exception {
    Set<String> residue = new TreeSet<>();
    residue.add("bundles " + context.getBundles().length);
    residue.add("services " + context.getAllServiceReferences(null, null).length);
    residue.add(
        "threads "
            + Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("bus-.*|plugins|fel.*"))
                .sorted()
                .collect(Collectors.joining(", ")));
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      residue.add("cache " + files.count());
    }
    return residue;
  }
}
