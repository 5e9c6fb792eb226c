package io.polegate.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A file that is whole and says that it is a plugin.
 *
 * @param symbolicName what tells it from other plugins
 */
record PluginJar(Path file, String symbolicName, Version version) {
  private static final String API = "io/polegate/api/";

  /**
   * Reads every byte, so that half a file or a damaged one never gets further.
   *
   * @throws RefusedException if it is anything else than a whole plugin
   */
  static PluginJar read(Path file) throws RefusedException {
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().startsWith(API) && entry.getName().endsWith(".class")) {
          throw new RefusedException(
              "contains io.polegate.api itself: import it (Maven: scope provided)");
        }
        try (InputStream content = jar.getInputStream(entry)) {
          content.transferTo(OutputStream.nullOutputStream());
        }
      }
      return of(file, jar.getManifest());
    } catch (IOException | RuntimeException e) { // a hostile zip may show itself as either
      throw new RefusedException(
          "is no whole jar (" + e.getMessage() + "): build it or copy it again", e);
    }
  }

  private static PluginJar of(Path file, @Nullable Manifest manifest) throws RefusedException {
    if (manifest == null) {
      throw new RefusedException("has no manifest: build it as an OSGi bundle (bnd-maven-plugin)");
    }
    Attributes headers = manifest.getMainAttributes();
    String name = header(headers, Constants.BUNDLE_SYMBOLICNAME).split(";", 2)[0].strip();
    String version = header(headers, Constants.BUNDLE_VERSION);
    if (headers.getValue(Constants.FRAGMENT_HOST) != null) {
      throw new RefusedException("is a fragment of another bundle: build a bundle of its own");
    }
    try {
      return new PluginJar(file, name, Version.parseVersion(version));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "has the Bundle-Version \"" + version + "\": write one like 1.2.3", e);
    }
  }

  private static String header(Attributes headers, String name) throws RefusedException {
    String value = headers.getValue(name);
    if (value == null || value.isBlank()) {
      throw new RefusedException(
          "has no " + name + " in its manifest: build it as an OSGi bundle (bnd-maven-plugin)");
    }
    return value.strip();
  }
}
