package io.polegate.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets of this pole, encrypted in {@code secrets} beside the document, with a copy in the
 * data folder, where the key and a copy of it are too. The environment goes before the file. The
 * command line may write the file while a gateway runs. Thread-safe.
 */
final class SecretFile implements Secrets {
  private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
  private static final String NAME = "[a-z0-9-]{1,64}";
  private static final int MAX_LENGTH = 4096;
  private static final String VARIABLE = "POLEGATE_SECRET_";
  private final TwinFile file;
  private final TwinFile key;
  private final Path lock;
  private final Map<String, String> environment;
  private final Consumer<String> damage;
  private Map<String, String> known = Map.of();
  private boolean isRead;
  private Optional<FileTime> readAt = Optional.empty();

  /**
   * Nothing is read yet.
   *
   * @param config the folder of the document
   * @param damage is told of damages, in words
   */
  SecretFile(Path config, Path data, Map<String, String> environment, Consumer<String> damage) {
    this(config, data, environment, damage, true);
  }

  private SecretFile(
      Path config,
      Path data,
      Map<String, String> environment,
      Consumer<String> damage,
      boolean repairs) {
    this.file =
        new TwinFile(config.resolve("secrets"), data.resolve("secrets.copy"), damage, repairs);
    this.key =
        new TwinFile(
            data.resolve("secrets.key"), data.resolve("secrets.key.copy"), damage, repairs);
    this.lock = data.resolve("secrets.lock");
    this.environment = Map.copyOf(environment);
    this.damage = damage;
  }

  /**
   * Secrets to look at; nothing is repaired.
   *
   * @param config any folder: that of a document which may be of another pole
   */
  static SecretFile untouched(Path config, Path data, Map<String, String> environment) {
    return new SecretFile(
        config, data, environment, what -> LOG.warn("secrets are damaged: {}", what), false);
  }

  @Override
  public synchronized Optional<String> find(String name) {
    String variable = VARIABLE + name.replace('-', '_').toUpperCase(Locale.ROOT);
    return Optional.ofNullable(environment.get(variable))
        .or(() -> Optional.ofNullable(current().get(name)));
  }

  /** Names of all secrets, the environment included. */
  synchronized Set<String> names() {
    Set<String> names = new TreeSet<>(current().keySet());
    environment.keySet().stream()
        .filter(variable -> variable.startsWith(VARIABLE))
        .map(variable -> variable.substring(VARIABLE.length()))
        .map(name -> name.replace('_', '-').toLowerCase(Locale.ROOT))
        .filter(name -> name.matches(NAME))
        .forEach(names::add);
    return names;
  }

  /**
   * Sets a secret, on disk before this returns.
   *
   * @throws IllegalArgumentException if the name is not well-formed, or the value is empty or
   *     longer than 4096 characters
   */
  void put(String name, String value) throws IOException {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          Findings.quote(name) + " is no name of a secret: write a to z, 0 to 9 and -, up to 64");
    }
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a secret has 1 to " + MAX_LENGTH + " characters");
    }
    update(secrets -> secrets.put(name, value));
  }

  /** Removes a secret, on disk before this returns. */
  void remove(String name) throws IOException {
    update(secrets -> secrets.remove(name));
  }

  /** Reads the file again if somebody else wrote it since it was read, and says whether. */
  synchronized boolean refresh() {
    boolean changed = isRead && !time().equals(readAt);
    if (changed) {
      current();
    }
    return changed;
  }

  private synchronized void update(Consumer<Map<String, String>> change) throws IOException {
    Files.createDirectories(lock.toAbsolutePath().getParent());
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      LOG.debug("writing secrets under {}", held);
      AtomicFile.giveToOwnerOfFolder(lock.toAbsolutePath());
      Map<String, String> secrets = new TreeMap<>(whole());
      change.accept(secrets);
      file.write(box().encrypt(Sealed.seal(secrets)));
      known = Map.copyOf(secrets);
      isRead = true;
      readAt = time();
    }
  }

  /** What is in the file; if that cannot be read any more, it makes room for a new one. */
  private Map<String, String> whole() throws IOException {
    try {
      return read();
    } catch (DamagedException e) {
      LOG.error("the secrets are lost", e);
      file.setAside();
      return Map.of();
    }
  }

  private Map<String, String> current() {
    Optional<FileTime> now = time();
    if (!isRead || !now.equals(readAt)) {
      try {
        known = read();
      } catch (IOException e) {
        LOG.error("secrets cannot be read", e);
        damage.accept("secrets cannot be read, set them again: " + e.getMessage());
        known = Map.of();
      }
      isRead = true;
      // the time from before the read: what was written meanwhile is read the next time
      readAt = now;
    }
    return known;
  }

  private Map<String, String> read() throws IOException {
    Optional<SecretBox> box = key();
    if (box.isEmpty()) {
      if (Files.exists(file.first())) {
        throw new DamagedException("the key of this pole is gone");
      }
      return Map.of();
    }
    return file.read(content -> Sealed.open(box.get().decrypt(content))).orElse(Map.of());
  }

  private Optional<SecretBox> key() throws IOException {
    return key.read(SecretBox::ofKeyFile);
  }

  private SecretBox box() throws IOException {
    try {
      Optional<SecretBox> box = key();
      if (box.isPresent()) {
        return box.get();
      }
    } catch (DamagedException e) {
      LOG.error("the key of this pole is lost, a new one is made", e);
      key.setAside();
    }
    SecretBox box = SecretBox.generate();
    key.write(box.keyFile());
    return box;
  }

  private Optional<FileTime> time() {
    try {
      return Optional.of(Files.getLastModifiedTime(file.first()));
    } catch (NoSuchFileException e) {
      LOG.trace("no secrets", e);
    } catch (IOException e) {
      LOG.warn("secrets cannot be read", e);
    }
    return Optional.empty();
  }
}
