package io.polegate.config;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.ClockSpec;
import io.polegate.api.config.DeviceSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.config.PoleSpec.Location;
import io.polegate.api.settings.Schema;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a document and makes the specification of it. Touches no port and no network. Thread-safe.
 */
final class DocumentCheck {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentCheck.class);

  /** Folder of the pole's own profiles, beside its document. */
  static final String PROFILES = "profiles";

  private final Plugins plugins;
  private final Secrets secrets;

  /**
   * Checks nothing yet.
   *
   * @param secrets what documents may name
   */
  DocumentCheck(Plugins plugins, Secrets secrets) {
    this.plugins = plugins;
    this.secrets = secrets;
  }

  /** Checks a file, which messages name as {@code path} is written. */
  Outcome check(Path path) {
    try {
      return check(path, DocumentFile.load(path));
    } catch (SyntaxException e) {
      return refused(e, new Findings(path.toString()));
    }
  }

  /** Checks what may become the content of that file. */
  Outcome check(Path path, byte[] content) {
    return check(path.toString(), content, path.resolveSibling(PROFILES));
  }

  /**
   * Checks a document.
   *
   * @param file as messages name it
   * @param profiles folder of the pole's own profiles
   */
  Outcome check(String file, byte[] content, Path profiles) {
    Findings findings = new Findings(file);
    try {
      return check(content, profiles, findings);
    } catch (SyntaxException e) {
      return refused(e, findings);
    }
  }

  private Outcome check(byte[] content, Path profiles, Findings findings) throws SyntaxException {
    Node.Table root = SecretReferences.resolve(DocumentFile.parse(content, findings), secrets);
    List<Load> loads = new ArrayList<>();
    PoleSpec spec = read(root, new ProfileLibrary(profiles, findings), findings, loads);
    return new Outcome(
        findings.first().isEmpty() ? Optional.of(spec) : Optional.empty(),
        findings.sorted(),
        loads,
        findings.notes());
  }

  /** The outcome for what is not even a document. */
  static Outcome refused(SyntaxException e, Findings findings) {
    LOG.debug("document refused", e);
    findings.add(e.place(), e.problem());
    return new Outcome(Optional.empty(), findings.sorted(), List.of(), List.of());
  }

  /** What is wrong reads as absent or nothing here; the findings say whether the result counts. */
  private PoleSpec read(
      Node.Table root, ProfileLibrary library, Findings findings, List<Load> loads) {
    checkTop(root, findings);
    Section pole = section(Keys.POLE, Keys.OF_POLE, root, findings);
    Section clock = section(Keys.CLOCK, Keys.OF_CLOCK, root, findings);
    Section journal = section(Keys.JOURNAL, JournalKeys.SCHEMA, root, findings);
    BusReader buses = new BusReader(plugins, findings);
    try {
      List<BusSpec> busSpecs = buses.read(node(root, Keys.BUSES));
      List<DeviceSpec> devices =
          new DeviceReader(buses.buses(), new ProfileReader(library), findings)
              .read(node(root, Keys.DEVICES));
      loads.addAll(Endpoints.check(buses.buses().values()));
      LeftOut leftOut = LeftOut.of(buses.buses().values());
      return new PoleSpec(
          pole.value(Keys.POLE_ID).orElse(""),
          Names.of(pole),
          location(pole),
          pole.value(Keys.TIMEZONE).orElse(ZoneOffset.UTC),
          new ClockSpec(clock.value(Keys.TRUST).orElse(ClockSpec.Trust.AUTO)),
          JournalKeys.read(journal),
          leftOut.mark(busSpecs),
          leftOut.remove(devices),
          new ConnectionReader(plugins, findings).read(node(root, Keys.CLOUD)));
    } finally {
      buses.buses().values().forEach(Bus::close);
    }
  }

  private static void checkTop(Node.Table root, Findings findings) {
    root.entries()
        .forEach(
            (key, entry) -> {
              if (!Keys.TOP.contains(key)) {
                findings.add(entry.place(), Findings.quote(key) + " " + unknown(key));
              }
            });
  }

  private static String unknown(String key) {
    return Nearest.to(key, Keys.TOP)
        .map(near -> "is no key of a document: did you mean \"" + near + "\"?")
        .orElse("is no key of a document: write one of " + Findings.list(Keys.TOP));
  }

  private static Section section(String key, Schema schema, Node.Table root, Findings findings) {
    Node.Entry entry = root.entries().get(key);
    Node node = node(root, key);
    Node.Table table = node instanceof Node.Table t ? t : new Node.Table(node.place(), Map.of());
    Place place = entry == null ? Place.START : entry.place();
    Section section = new Section(key, place, table, Set.of(), findings);
    if (node instanceof Node.Table || node instanceof Node.Empty) {
      section.checkAll(schema);
    } else {
      section.report("", "must be a table: write " + key + ": {…}");
    }
    return section;
  }

  private static Node node(Node.Table root, String key) {
    Node.Entry entry = root.entries().get(key);
    return entry == null ? new Node.Empty(Place.START) : entry.value();
  }

  private static Optional<Location> location(Section pole) {
    boolean latitude = pole.has(Keys.LATITUDE.key());
    boolean longitude = pole.has(Keys.LONGITUDE.key());
    if (latitude != longitude) {
      pole.report(
          (latitude ? Keys.LONGITUDE : Keys.LATITUDE).key(),
          "is missing: write " + (latitude ? Keys.LONGITUDE : Keys.LATITUDE).form());
    }
    return pole.value(Keys.LATITUDE)
        .flatMap(north -> pole.value(Keys.LONGITUDE).map(east -> new Location(north, east)));
  }
}
