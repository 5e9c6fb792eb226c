package io.polegate.config;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings up a new pole without a console: with what is in the first-boot folder, on a stick, or in
 * the environment. Everything is on disk before the document is, so that it can be interrupted and
 * done again. Used once, by one thread.
 */
final class Provisioning {
  private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);
  private static final String DOCUMENT = "pole.yaml";
  private static final String SECRETS = "secrets.yaml";
  private static final String PROFILES = "profiles";
  private static final int MAX_PROFILES = 500;
  private final Surroundings around;
  private final FolderCheck check;
  private final SecretFile secrets;
  private final Keeper keeper;
  private final PrintStream err;

  /**
   * Where sources may be.
   *
   * @param config the folder of the document
   * @param root of the file system
   * @param environment variables
   */
  record Surroundings(Path config, Path root, Map<String, String> environment) {}

  Provisioning(
      Surroundings around, FolderCheck check, SecretFile secrets, Keeper keeper, PrintStream err) {
    this.around = around;
    this.check = check;
    this.secrets = secrets;
    this.keeper = keeper;
    this.err = err;
  }

  /** Takes the first source that passes the check; prints what is wrong with those before it. */
  void bring() {
    for (Path folder : folders()) {
      if (Files.exists(folder.resolve(DOCUMENT)) && bring(folder)) {
        return;
      }
    }
    String document = around.environment().get("POLEGATE_DOCUMENT");
    if (document != null) {
      bringText(document);
    }
  }

  private List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    folders.add(firstBoot());
    String named = around.environment().getOrDefault("POLEGATE_PROVISION", "");
    for (String folder : named.split(":", -1)) {
      try {
        if (!folder.isEmpty()) {
          folders.add(Path.of(folder));
        }
      } catch (InvalidPathException e) {
        LOG.warn("POLEGATE_PROVISION names what is no folder", e);
      }
    }
    for (Path stick : list(around.root().resolve("media"))) {
      folders.add(stick.resolve("polegate"));
    }
    for (Path user : list(around.root().resolve("run/media"))) {
      list(user).forEach(stick -> folders.add(stick.resolve("polegate")));
    }
    return folders;
  }

  private Path firstBoot() {
    return around.config().resolve("first-boot");
  }

  private boolean bring(Path folder) {
    Path document = folder.resolve(DOCUMENT);
    try {
      requireFile(document);
      byte[] content = DocumentFile.load(document);
      Map<String, String> own = SecretsYaml.read(folder.resolve(SECRETS));
      Secrets all = name -> Optional.ofNullable(own.get(name)).or(() -> secrets.find(name));
      Outcome outcome = check.check(document.toString(), content, folder, all);
      if (!outcome.isGood()) {
        outcome.problems().forEach(problem -> err.println(problem.text()));
        return false;
      }
      copyProfiles(folder.resolve(PROFILES));
      for (Map.Entry<String, String> secret : own.entrySet()) {
        secrets.put(secret.getKey(), secret.getValue());
      }
      forgetPlain(folder);
      keep(content, folder.toString());
      return true;
    } catch (SyntaxException e) {
      err.println(
          DocumentCheck.refused(e, new Findings(document.toString())).problems().get(0).text());
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("not provisioned", e);
      err.println(folder + " is left out: " + e.getMessage());
    }
    return false;
  }

  private void bringText(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    Outcome outcome = check.check("POLEGATE_DOCUMENT", content, around.config(), secrets);
    outcome.problems().forEach(problem -> err.println(problem.text()));
    if (outcome.isGood()) {
      try {
        keep(content, "POLEGATE_DOCUMENT");
      } catch (IOException e) {
        LOG.error("not provisioned", e);
        err.println("the document of POLEGATE_DOCUMENT cannot be kept: " + e);
      }
    }
  }

  private void keep(byte[] content, String source) throws IOException {
    Files.createDirectories(around.config());
    AtomicFile.Staged staged = keeper.file().stage(content);
    keeper.keep(staged, content, new Keeper.Origin("provisioning", source, ""));
    err.println("this pole is new and has its document from " + source);
  }

  private void copyProfiles(Path from) throws IOException {
    List<Path> files =
        list(from).stream().filter(file -> file.toString().endsWith(".yaml")).toList();
    if (files.size() > MAX_PROFILES) {
      throw new IOException(from + " has more than " + MAX_PROFILES + " profiles");
    }
    for (Path file : files) {
      requireFile(file);
      if (Files.size(file) > DocumentFile.MAX_BYTES) {
        throw new IOException(file + " is too large for a profile");
      }
      Path to = Files.createDirectories(around.config().resolve(PROFILES));
      AtomicFile.write(to.resolve(String.valueOf(file.getFileName())), Files.readAllBytes(file));
    }
  }

  /** In the pole they are encrypted now; a stick is left as it is, it may be for other poles. */
  private void forgetPlain(Path folder) throws IOException {
    Path plain = folder.resolve(SECRETS);
    if (folder.equals(firstBoot()) && Files.deleteIfExists(plain)) {
      err.println(plain + " is removed: its secrets are encrypted now");
    }
  }

  /** A stick must not make the pole read other files of its own. */
  private static void requireFile(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is not an ordinary file");
    }
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(found::add);
    } catch (IOException e) {
      LOG.warn("\"{}\" cannot be read", folder, e);
    }
    return found.stream().sorted().toList();
  }
}
