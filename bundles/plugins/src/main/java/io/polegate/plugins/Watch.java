package io.polegate.plugins;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Looks at the folder and follows what it finds. A whole jar is taken at first sight; what is not
 * whole may still be on its way, and is refused only when two looks found the same. Whatever was
 * done for a file is done once, until the file changes. Not thread-safe.
 */
final class Watch {
  private final Path folder;
  private final PluginBundles bundles;
  private final Notices notices;
  private final Map<Path, Stamp> seen = new TreeMap<>();
  private final Map<Path, Stamp> settled = new TreeMap<>();
  private final Set<Path> turnedAway = new HashSet<>();

  /** What changes when a file does. */
  private record Stamp(long bytes, FileTime modified, String identity) {}

  Watch(Path folder, PluginBundles bundles, Notices notices) {
    this.folder = folder;
    this.bundles = bundles;
    this.notices = notices;
  }

  /**
   * Looks once.
   *
   * @throws IOException if the folder cannot be read; everything stays as it is
   */
  void look() throws IOException {
    SortedMap<Path, Stamp> there = stamps();
    List<Path> gone = new ArrayList<>(settled.keySet());
    gone.removeAll(there.keySet());
    gone.forEach(this::gone);
    there.forEach(this::follow);
    seen.clear();
    seen.putAll(there);
  }

  private SortedMap<Path, Stamp> stamps() throws IOException {
    SortedMap<Path, Stamp> stamps = new TreeMap<>();
    Files.createDirectories(folder);
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path jar : jars) {
        stamp(jar, stamps);
      }
    }
    return stamps;
  }

  private static void stamp(Path jar, Map<Path, Stamp> into) throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(jar, BasicFileAttributes.class);
      into.put(jar, new Stamp(now.size(), now.lastModifiedTime(), String.valueOf(now.fileKey())));
    } catch (NoSuchFileException e) {
      // removed while we looked: as if it had not been there
    }
  }

  private void gone(Path file) {
    settled.remove(file);
    turnedAway.remove(file);
    bundles
        .remove(file)
        .ifPresent(
            plugin -> {
              notices.removed(plugin);
              namesAreFree();
            });
  }

  /** Who was turned away is looked at anew: the names that were taken may be free now. */
  private void namesAreFree() {
    settled.keySet().removeAll(turnedAway);
    turnedAway.clear();
  }

  private void follow(Path file, Stamp stamp) {
    if (stamp.equals(settled.get(file))) {
      return;
    }
    PluginJar jar;
    try {
      jar = PluginJar.read(file);
    } catch (RefusedException e) {
      if (stamp.equals(seen.get(file))) {
        settled.put(file, stamp);
        notices.refused(file, String.valueOf(e.getMessage()));
      }
      return;
    }
    settled.put(file, stamp);
    boolean replaces = bundles.isRunning(file);
    try {
      notices.started(bundles.start(jar));
      turnedAway.remove(file);
      if (replaces) {
        namesAreFree();
      }
    } catch (RefusedException e) {
      turnedAway.add(file);
      notices.refused(file, String.valueOf(e.getMessage()));
    }
  }
}
