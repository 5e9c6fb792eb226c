package io.polegate.dist;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The star of decision 1, read back from the manifests and classes of the assembled folder. */
final class StarIT {
  private static final Path HOME = Path.of(System.getProperty("polegate.home"));
  private static final String OURS = "io.polegate.";

  private static List<Path> ourBundles() throws IOException {
    try (Stream<Path> files = Files.walk(HOME)) {
      List<Path> found =
          files
              .filter(file -> file.getFileName().toString().startsWith(OURS))
              .filter(file -> !file.startsWith(HOME.resolve("lib")))
              .sorted()
              .toList();
      assertThat(found).hasSizeGreaterThanOrEqualTo(8);
      return found;
    }
  }

  private static Map<String, Attributes> manifests() throws IOException {
    Map<String, Attributes> manifests = new TreeMap<>();
    for (Path bundle : ourBundles()) {
      try (JarFile jar = new JarFile(bundle.toFile())) {
        Attributes main = jar.getManifest().getMainAttributes();
        manifests.put(main.getValue("Bundle-SymbolicName"), main);
      }
    }
    return manifests;
  }

  @Test
  void onlyTheApiExports() throws IOException {
    manifests()
        .forEach(
            (name, manifest) -> {
              String exported = manifest.getValue("Export-Package");
              if (name.equals("io.polegate.api")) {
                assertThat(exported).contains("io.polegate.api.driver", "io.polegate.api.journal");
              } else {
                assertThat(exported).as(name).isNull();
              }
            });
  }

  @Test
  void everybodyImportsTheApiAndNothingElseOfOurs() throws IOException {
    manifests()
        .forEach(
            (name, manifest) -> {
              String imports = String.valueOf(manifest.getValue("Import-Package"));
              for (String imported : imports.split(",", -1)) {
                if (imported.startsWith(OURS)) {
                  assertThat(imported).as(name).startsWith("io.polegate.api.");
                }
              }
            });
  }

  @Test
  void coreSeesTheWriterAndUplinksTheReader() throws IOException {
    JavaClasses classes = classes();
    noClasses()
        .that()
        .resideInAPackage("io.polegate.core..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(".*\\.JournalReader.*")
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage("io.polegate.driver..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "io.polegate.api.journal..",
                "io.polegate.api.command..",
                "io.polegate.api.config..",
                "io.polegate.api.live.."))
        .check(classes);
  }

  @Test
  void driversHoldNoThreadLockTimerOrLogger() throws IOException {
    noClasses()
        .that()
        .resideInAPackage("io.polegate.driver..")
        .and()
        // Milo wants an executor, and its shared one lives for ever: decision 12
        .doNotHaveFullyQualifiedName("io.polegate.driver.opcua.Engine")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.util\\.Timer.*|java\\.util\\.concurrent\\.(locks\\..*Lock|.*Executor.*)|org\\.slf4j\\..*")
        .check(classes());
    noClasses()
        .that()
        .resideInAPackage("io.polegate.driver..")
        .should()
        .callMethod(Thread.class, "start")
        .check(classes());
  }

  @Test
  void nobodyPrintsButTheCommandLine() throws IOException {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.polegate.config.CommandService")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(classes());
  }

  @Test
  void apiNeedsNothingButJava() throws IOException {
    assertThat(manifests())
        .hasEntrySatisfying(
            "io.polegate.api",
            manifest ->
                assertThat(String.valueOf(manifest.getValue("Import-Package")))
                    .doesNotContain("org.", "com."));
  }

  private static JavaClasses classes() throws IOException {
    ClassFileImporter importer =
        new ClassFileImporter().withImportOption(location -> location.contains("/io/polegate/"));
    List<JarFile> jars = new ArrayList<>();
    for (Path bundle : ourBundles()) {
      jars.add(new JarFile(bundle.toFile()));
    }
    JavaClasses classes = importer.importJars(jars);
    for (JarFile jar : jars) {
      jar.close();
    }
    return classes;
  }
}
