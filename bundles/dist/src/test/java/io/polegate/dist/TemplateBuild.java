package io.polegate.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The template of a driver, copied out of the sources and built by Maven alone, offline, against
 * the jars and poms of api and testkit as an integrator has them after installing them once.
 */
final class TemplateBuild implements AutoCloseable {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path TEMPLATE = ROOT.resolve("drivers/template");
  private static final String OURS = "io/polegate";
  private static final long MINUTES_TO_BUILD = 3;

  private final Path project;
  private final Path repository;

  TemplateBuild(Path folder) throws IOException {
    project = Files.createDirectories(folder.resolve("my-driver"));
    repository = Files.createDirectories(folder.resolve("repository"));
    copyProject();
    linkRepository(Path.of(System.getProperty("polegate.repository")), repository, "");
    String version = version();
    publish("polegate", version, ROOT.resolve("pom.xml"), "pom");
    for (String bundle : List.of("api", "testkit")) {
      Path module = ROOT.resolve("bundles").resolve(bundle);
      String artifact = "io.polegate." + bundle;
      publish(artifact, version, module.resolve("pom.xml"), "pom");
      publish(
          artifact, version, module.resolve("target/" + artifact + "-" + version + ".jar"), "jar");
    }
  }

  private void copyProject() throws IOException {
    try (Stream<Path> files = Files.walk(TEMPLATE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(TEMPLATE.resolve("target"))) {
          Path copy = project.resolve(TEMPLATE.relativize(file));
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  /** Everything that this machine has but what this reactor makes. */
  private static void linkRepository(Path from, Path to, String path) throws IOException {
    Set<Path> entries;
    try (Stream<Path> files = Files.list(from)) {
      entries = files.collect(Collectors.toSet());
    }
    for (Path entry : entries) {
      String name = path + entry.getFileName();
      Path link = to.resolve(entry.getFileName());
      if (OURS.startsWith(name + "/")) {
        linkRepository(entry, Files.createDirectories(link), name + "/");
      } else if (!name.equals(OURS)) {
        Files.createSymbolicLink(link, entry);
      }
    }
  }

  private static String version() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    return pom.replaceFirst("(?s).*?<version>([^<]*)</version>.*", "$1");
  }

  private void publish(String artifact, String version, Path file, String type) throws IOException {
    Path folder = repository.resolve(OURS).resolve(artifact).resolve(version);
    Files.createDirectories(folder);
    Files.copy(file, folder.resolve(artifact + "-" + version + "." + type));
  }

  /** Changes a file of the copy. */
  void replace(String file, String what, String by) throws IOException {
    String text = Files.readString(project.resolve(file));
    if (!text.contains(what)) {
      throw new AssertionError(file + " does not contain " + what);
    }
    Files.writeString(project.resolve(file), text.replace(what, by));
  }

  /** Runs Maven with these words and gives the jar. */
  Path build(String... words) throws IOException, InterruptedException {
    Path log = project.resolve("build.log");
    List<String> command =
        Stream.concat(
                Stream.of(
                    System.getProperty("polegate.maven"),
                    "-o",
                    "-B",
                    "-Dmaven.repo.local=" + repository),
                Stream.of(words))
            .toList();
    Process maven =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = maven.waitFor(MINUTES_TO_BUILD, TimeUnit.MINUTES);
    if (!ended || maven.exitValue() != 0) {
      maven.destroyForcibly();
      throw new AssertionError("the template does not build: " + Files.readString(log));
    }
    return project.resolve("target/org.example.line.jar");
  }

  /** What Maven printed last. */
  String log() throws IOException {
    return Files.readString(project.resolve("build.log"));
  }

  /** Removes the links to the repository of this machine. */
  @Override
  public void close() throws IOException {
    DataFolder.delete(repository);
  }

  /** Puts a jar into a folder the careful way: under another name first, then renamed. */
  static void drop(Path jar, Path into) throws IOException {
    Path part = into.resolveSibling(into.getFileName() + ".part");
    Files.copy(jar, part, StandardCopyOption.REPLACE_EXISTING);
    Files.move(part, into, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
