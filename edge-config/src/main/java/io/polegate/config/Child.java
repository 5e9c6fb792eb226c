package io.polegate.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One named table below {@code buses}, {@code devices}, {@code points} or {@code cloud}.
 *
 * @param kind what it is
 * @param place of the id
 */
record Child(Kind kind, String id, Place place, Node.Table table) {

  /**
   * What tables are, for messages.
   *
   * @param key that they are behind
   * @param singular what each of them is
   * @param owner {@code of device "lamp-1"}; empty at the top of the document
   */
  record Kind(String key, String singular, String owner) {
    static final Kind BUS = new Kind(Keys.BUSES, "bus", "");
    static final Kind DEVICE = new Kind(Keys.DEVICES, "device", "");
    static final Kind CONNECTION = new Kind(Keys.CLOUD, "connection", "");

    static Kind pointOf(Section device) {
      return new Kind(Keys.POINTS, "point", " of " + device.name());
    }

    private String name(String id) {
      return singular + " " + Findings.quote(id) + owner;
    }
  }

  /** The tables in {@code parent}, which may be empty. */
  static List<Child> of(Node parent, Kind kind, Findings findings) {
    List<Child> children = new ArrayList<>();
    if (parent instanceof Node.Table table) {
      table.entries().forEach((id, entry) -> read(id, entry, kind, findings, children));
    } else if (!(parent instanceof Node.Empty)) {
      findings.add(
          parent.place(),
          kind.key()
              + kind.owner()
              + ": must be a table: write <id>: {…} for each "
              + kind.singular());
    }
    return children;
  }

  /** The same with another table. */
  Child with(Node.Table other) {
    return new Child(kind, id, place, other);
  }

  /** For messages. */
  String name() {
    return kind.name(id);
  }

  /** The place of a key, or of the whole if it is not there. */
  Place place(String key) {
    Node.Entry entry = table.entries().get(key);
    return entry == null ? place : entry.place();
  }

  /** Its keys, those of {@code apart} left out. */
  Section section(Set<String> apart, Findings findings) {
    return new Section(kind.name(id), place, table, apart, findings);
  }

  /** The text behind a key, whatever it is worth; empty if there is none. */
  String text(String key) {
    return table.text(key);
  }

  private static void read(
      String id, Node.Entry entry, Kind kind, Findings findings, List<Child> children) {
    if (!Keys.ID.matcher(id).matches()) {
      findings.add(
          entry.place(), kind.name(id) + ": is not an id: write 1 to 64 of a-z, 0-9 and -");
    }
    if (entry.value() instanceof Node.Table table) {
      children.add(new Child(kind, id, entry.place(), table));
    } else {
      findings.add(entry.place(), kind.name(id) + ": must be a table: write " + id + ": {…}");
    }
  }
}
