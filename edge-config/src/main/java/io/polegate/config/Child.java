package io.polegate.config;

import java.util.ArrayList;
import java.util.List;

/**
 * One named table below {@code buses}, {@code devices}, {@code points} or {@code cloud}.
 *
 * @param place of the id
 */
record Child(String id, Place place, Node.Table table) {

  /**
   * The tables behind a key.
   *
   * @param kind what each of them is, for messages
   */
  static List<Child> of(Node parent, String kind, Findings findings) {
    List<Child> children = new ArrayList<>();
    if (parent instanceof Node.Table table) {
      table.entries().forEach((id, entry) -> check(id, entry, kind, findings, children));
    } else if (!(parent instanceof Node.Empty)) {
      findings.add(
          parent.place(), "must be a table with one key per " + kind + ": write <id>: {…}");
    }
    return children;
  }

  private static void check(
      String id, Node.Entry entry, String kind, Findings findings, List<Child> children) {
    String name = kind + " " + Findings.quote(id);
    if (!Keys.ID.matcher(id).matches()) {
      findings.add(entry.place(), name + ": is not an id: write 1 to 64 of a-z, 0-9 and -");
    }
    if (entry.value() instanceof Node.Table table) {
      children.add(new Child(id, entry.place(), table));
    } else {
      findings.add(
          entry.place(), name + ": must be a table: write " + Findings.shorten(id) + ": {…}");
    }
  }
}
