package io.polegate.config;

import io.polegate.api.config.Configuration;
import io.polegate.api.config.Configuration.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The document of this pole from the start on: puts together what keeps it, checks it and brings it
 * into force. Thread-safe.
 */
final class Gateway {
  private static final Secrets ASSUMED = name -> Optional.of("assumed");
  private final Folders folders;
  private final FolderCheck check;
  private final Around around;
  private final PrintStream err;
  private final Optional<SecretFile> secrets;
  private final DocumentInForce force;
  private boolean running;

  /**
   * What the launcher and the machine say.
   *
   * @param config the folder of the document; empty if the launcher names none
   * @param data what the gateway writes; empty if the launcher names none
   * @param root of the file system
   * @param environment variables
   */
  record Folders(
      Optional<Path> config, Optional<Path> data, Path root, Map<String, String> environment) {}

  /**
   * The other parts of the gateway.
   *
   * @param started takes the services that there are once a document is in force
   */
  record Around(
      Targets targets,
      Contact contact,
      Events events,
      SecondHand second,
      LongSupplier nanos,
      BiConsumer<Configuration, LiveSecrets> started) {}

  Gateway(Folders folders, FolderCheck check, Around around, PrintStream err) {
    this.folders = folders;
    this.check = check;
    this.around = around;
    this.err = err;
    this.secrets = folders.config().flatMap(this::secretsOf);
    this.force =
        new DocumentInForce(this::checkOwn, around.targets()::apply, around.events()::leftOut);
  }

  /** The secrets of this pole; empty if the launcher names no folders. */
  Optional<SecretFile> secrets() {
    return secrets;
  }

  /** The file that this pole follows; empty if the launcher names no folder. */
  Optional<Path> document() {
    return folders.config().map(folder -> folder.resolve("pole.yaml"));
  }

  /** Checks a file; without a data folder nobody knows its secrets, so all count as there. */
  Outcome check(Path file) {
    try {
      Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
      Secrets known =
          folders
              .data()
              .<Secrets>map(data -> SecretFile.untouched(folder, data, folders.environment()))
              .orElse(ASSUMED);
      return check.check(file.toString(), DocumentFile.load(file), folder, known);
    } catch (SyntaxException e) {
      return DocumentCheck.refused(e, new Findings(file.toString()));
    }
  }

  /** What documents may name has changed. */
  void again() {
    force.again();
  }

  /** Brings a document into force, prints what is wrong, and gives the exit code. */
  synchronized int run() {
    if (folders.config().isEmpty() || folders.data().isEmpty() || secrets.isEmpty()) {
      err.println("the properties polegate.config and polegate.data are not set: name folders");
      return Commands.REFUSED;
    }
    if (running) {
      err.println("the gateway is running already");
      return Commands.REFUSED;
    }
    Optional<LiveConfiguration> started =
        start(folders.config().get(), folders.data().get().resolve("config"), secrets.get());
    running = started.isPresent();
    started.ifPresent(live -> around.started().accept(live, new LiveSecrets(secrets.get(), force)));
    return running ? Commands.GOOD : Commands.REFUSED;
  }

  private Optional<LiveConfiguration> start(Path config, Path data, SecretFile known) {
    Events events = around.events();
    Consumer<String> damage =
        what -> {
          err.println(data + ": " + what);
          events.historyDamaged(what);
        };
    Answers answers = Answers.open(data.resolve("answers"), damage);
    PoleFile file = new PoleFile(config.resolve("pole.yaml"), data.resolve("installed"));
    Keeper keeper = new Keeper(history(data, damage), file, data.resolve("attempt"), events);
    Startup startup = new Startup(keeper, force, answers, this::checkOwn, events, err);
    if (startup.isNewPole()) {
      Provisioning.Surroundings where =
          new Provisioning.Surroundings(config, folders.root(), folders.environment());
      new Provisioning(where, check, known, keeper, err).bring();
    }
    Optional<Version> current = startup.start();
    return current.map(
        version ->
            new LiveConfiguration(
                new LiveConfiguration.Parts(
                    keeper,
                    force,
                    answers,
                    this::checkOwn,
                    around.contact(),
                    events,
                    around.second(),
                    around.nanos()),
                version));
  }

  private static History history(Path folder, Consumer<String> damage) {
    try {
      return History.open(folder, damage);
    } catch (IOException e) {
      damage.accept("the history cannot be read, the pole does without: " + e);
      return History.unusable(folder, damage);
    }
  }

  private Outcome checkOwn(String file, byte[] content) {
    Path config = folders.config().orElseThrow();
    return check.check(file, content, config, secrets.map(Secrets.class::cast).orElse(ASSUMED));
  }

  private Optional<SecretFile> secretsOf(Path config) {
    Events events = around.events();
    return folders
        .data()
        .map(data -> new SecretFile(config, data, folders.environment(), events::secretsDamaged));
  }
}
