package io.polegate.config;

import io.polegate.api.config.Configuration.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every document that was in force, in a folder: the bytes of version 12 in {@code 000012.yaml},
 * what is known of it in {@code 000012.version}, which is written last. Thread-safe: one writer,
 * and readers see whole states.
 */
final class History {
  /** Versions that are kept; the first one, the factory document, is kept besides. */
  static final int KEPT = 50;

  private static final Pattern NAME = Pattern.compile("([0-9]{6,9})\\.(yaml|version)(\\.damaged)?");
  private static final String DOCUMENT = ".yaml";
  private static final String VERSION = ".version";
  private static final String DAMAGED = ".damaged";
  private final Path folder;
  private final Consumer<String> damage;
  private volatile List<Entry> entries = List.of();
  private int lastNumber;

  /**
   * A version that is kept.
   *
   * @param change id of the change that brought it; empty if none did
   */
  record Entry(Version version, String change) {}

  private History(Path folder, Consumer<String> damage) {
    this.folder = folder;
    this.damage = damage;
  }

  /**
   * Reads what is there and sets aside what is damaged.
   *
   * @param damage is told what is damaged, in words
   * @throws IOException if the folder cannot be read or made
   */
  static History open(Path folder, Consumer<String> damage) throws IOException {
    Files.createDirectories(folder);
    History history = new History(folder, damage);
    history.load();
    return history;
  }

  /** For a folder that cannot be read: nothing is there, and nothing can be added. */
  static History unusable(Path folder, Consumer<String> damage) {
    return new History(folder, damage);
  }

  /** The newest first. */
  List<Entry> entries() {
    return entries;
  }

  Optional<Entry> newest() {
    return entries.stream().findFirst();
  }

  Optional<Entry> find(int number) {
    return entries.stream().filter(entry -> entry.version().number() == number).findFirst();
  }

  Optional<Entry> find(String sha256) {
    return entries.stream().filter(entry -> entry.version().sha256().equals(sha256)).findFirst();
  }

  /** The number of the next version. */
  synchronized int nextNumber() {
    return lastNumber + 1;
  }

  /** The document of a version; empty if it cannot be read, or is damaged by now. */
  Optional<byte[]> document(Version version) {
    try {
      byte[] content = Files.readAllBytes(file(version.number(), DOCUMENT));
      return Digest.sha256(content).equals(version.sha256())
          ? Optional.of(content)
          : Optional.empty();
    } catch (IOException e) {
      damage.accept("version " + version.number() + " cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Keeps a document; on disk when this returns. Older ones make room. */
  synchronized void add(Entry entry, byte[] document) throws IOException {
    int number = entry.version().number();
    AtomicFile.write(file(number, DOCUMENT), document);
    Map<String, String> texts = new TreeMap<>(VersionText.of(entry.version()));
    texts.put("change", entry.change());
    Sealed.write(file(number, VERSION), texts);
    lastNumber = Math.max(lastNumber, number);
    List<Entry> now = new ArrayList<>(entries);
    now.add(0, entry);
    entries = List.copyOf(now);
    prune();
  }

  /** Takes back the newest version, which did not come into force. */
  synchronized void drop(Entry entry) throws IOException {
    entries = entries.stream().filter(kept -> !kept.equals(entry)).toList();
    Files.deleteIfExists(file(entry.version().number(), VERSION));
    Files.deleteIfExists(file(entry.version().number(), DOCUMENT));
  }

  private void load() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (String name : names()) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches()) {
        lastNumber = Math.max(lastNumber, Integer.parseInt(matcher.group(1)));
        if (name.endsWith(VERSION)) {
          numbers.add(Integer.parseInt(matcher.group(1)));
        }
      }
    }
    List<Entry> read = new ArrayList<>();
    numbers.sort(Comparator.reverseOrder());
    for (int number : numbers) {
      read(number).ifPresent(read::add);
    }
    entries = List.copyOf(read);
    removeUnfinished(numbers);
  }

  private Optional<Entry> read(int number) throws IOException {
    try {
      Map<String, String> texts = Sealed.read(file(number, VERSION));
      Version version = VersionText.read(texts);
      if (version.number() == number && document(version).isPresent()) {
        return Optional.of(new Entry(version, texts.getOrDefault("change", "")));
      }
      damage.accept("the document of version " + number + " is damaged or gone: it is set aside");
    } catch (DamagedException e) {
      damage.accept("the record of version " + number + " is damaged: it is set aside");
    }
    setAside(file(number, VERSION));
    setAside(file(number, DOCUMENT));
    return Optional.empty();
  }

  /** A document whose record was not written yet when the power went. */
  private void removeUnfinished(List<Integer> recorded) throws IOException {
    for (String name : names()) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches() && matcher.group(2).equals("yaml") && matcher.group(3) == null) {
        int number = Integer.parseInt(matcher.group(1));
        if (!recorded.contains(number)) {
          Files.deleteIfExists(file(number, DOCUMENT));
        }
      }
    }
  }

  private void prune() throws IOException {
    List<Entry> kept = new ArrayList<>(entries.subList(0, Math.min(KEPT, entries.size())));
    if (entries.size() > KEPT) {
      kept.add(entries.get(entries.size() - 1));
    }
    for (Entry entry : entries) {
      if (!kept.contains(entry)) {
        // the record first: without it, the rest is only left-over
        Files.deleteIfExists(file(entry.version().number(), VERSION));
        Files.deleteIfExists(file(entry.version().number(), DOCUMENT));
      }
    }
    entries = List.copyOf(kept);
    for (String name : names()) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches()
          && matcher.group(3) != null
          && Integer.parseInt(matcher.group(1)) <= lastNumber - KEPT) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private Path file(int number, String kind) {
    return folder.resolve("%06d%s".formatted(number, kind));
  }

  private static void setAside(Path file) throws IOException {
    if (Files.exists(file)) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + DAMAGED),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
