package io.polegate.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Profiles by id: those of the pole's own folder, and those that come with the gateway. Reads each
 * file once; not thread-safe.
 */
final class ProfileLibrary {
  private static final int LONGEST_CHAIN = 8;
  private static final String SUFFIX = ".yaml";
  private final Path own;
  private final Findings findings;
  private final Map<String, Optional<Node.Table>> files = new HashMap<>();
  private final Set<String> broken = new HashSet<>();
  private final Set<String> changeable = new HashSet<>();
  private final Set<String> wrong = new HashSet<>();
  private final Map<String, Optional<Profile>> profiles = new HashMap<>();

  /**
   * Reads nothing yet.
   *
   * @param own folder of the pole's own profiles, which need not exist
   * @param findings what is wrong in profiles
   */
  ProfileLibrary(Path own, Findings findings) {
    this.own = own;
    this.findings = findings;
  }

  /** The profile with this id and all that it extends; what is wrong with it is reported. */
  Optional<Profile> find(String id) {
    Optional<Profile> known = profiles.get(id);
    if (known == null) {
      Findings part = findings.part();
      known = chain(id, new LinkedHashSet<>(), part).map(table -> Profile.of(id, table, part));
      profiles.put(id, known);
      if (part.first().isPresent()) {
        wrong.add(id);
      }
    }
    return known;
  }

  /** Whether its content is the pole's own business, in whole or in part, or it is not there. */
  boolean isOwn(String id) {
    return find(id).isEmpty() || changeable.contains(id);
  }

  /** Whether something is wrong with it, which was reported. */
  boolean isWrong(String id) {
    return find(id).isEmpty() || wrong.contains(id);
  }

  /** Whether its file cannot be read, which was reported. */
  boolean isBroken(String id) {
    return broken.contains(id);
  }

  /** Ids of all profiles. */
  Set<String> ids() {
    Set<String> ids = new TreeSet<>(shipped());
    if (Files.isDirectory(own)) {
      try (Stream<Path> entries = Files.list(own)) {
        entries
            .map(path -> String.valueOf(path.getFileName()))
            .filter(name -> name.endsWith(SUFFIX))
            .map(name -> name.substring(0, name.length() - SUFFIX.length()))
            .filter(id -> Keys.ID.matcher(id).matches())
            .forEach(ids::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ids;
  }

  private Optional<Node.Table> chain(String id, Set<String> below, Findings part) {
    Optional<Node.Table> table = files.computeIfAbsent(id, name -> load(name, part));
    if (table.isEmpty() || !table.get().entries().containsKey(ProfileKeys.EXTENDS.key())) {
      return table;
    }
    String base = table.get().text(ProfileKeys.EXTENDS.key());
    Place place = table.get().entries().get(ProfileKeys.EXTENDS.key()).place();
    below.add(id);
    if (below.contains(base) || below.size() > LONGEST_CHAIN) {
      part.add(place, "extends itself: " + String.join(" -> ", below) + " -> " + base);
      return table;
    }
    Optional<Node.Table> from =
        Keys.ID.matcher(base).matches() ? chain(base, below, part) : Optional.empty();
    if (from.isEmpty() && !broken.contains(base)) {
      part.add(place, Nearest.none("profile", base, ids()));
    }
    if (from.isEmpty() || wrong.contains(base)) {
      wrong.add(id);
    }
    if (changeable.contains(base)) {
      changeable.add(id);
    }
    return Optional.of(from.map(b -> NodeMerge.over(b, table.get())).orElse(table.get()));
  }

  private Optional<Node.Table> load(String id, Findings part) {
    Path file = own.resolve(id + SUFFIX);
    if (Files.exists(file)) {
      changeable.add(id);
    }
    String name = Files.exists(file) ? file.toString() : "profiles/" + id + SUFFIX;
    try {
      Optional<byte[]> bytes =
          Files.exists(file) ? Optional.of(DocumentFile.load(file)) : shipped(id);
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(DocumentFile.parse(bytes.get(), part, name));
    } catch (SyntaxException e) {
      part.add(e.place().in(name), e.problem());
      broken.add(id);
      return Optional.empty();
    }
  }

  private static Optional<byte[]> shipped(String id) {
    return shipped().contains(id)
        ? Optional.of(resource("profiles/" + id + SUFFIX))
        : Optional.empty();
  }

  /** A bundle cannot list its resources by Java's means alone, so a list is kept beside them. */
  private static Set<String> shipped() {
    String list = new String(resource("profiles/index.txt"), StandardCharsets.UTF_8);
    return new TreeSet<>(list.lines().toList());
  }

  private static byte[] resource(String name) {
    try (InputStream in = ProfileLibrary.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in this bundle");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
