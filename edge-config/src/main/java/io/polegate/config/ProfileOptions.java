package io.polegate.config;

import java.util.TreeSet;

/** What a device chooses of its profile. Stateless. */
final class ProfileOptions {
  private ProfileOptions() {}

  /** The profile with the choices laid over it, in its own order. */
  static Profile choose(ProfileUse use) {
    Node.Table options = use.known(Keys.OPTIONS);
    Node.Table wanted = use.wanted(Keys.OPTIONS, "option", options);
    Node.Table chosen = use.profile().table();
    for (String option : options.entries().keySet()) {
      Node.Table choices = options.table(option).table(ProfileKeys.CHOICES);
      boolean written = wanted.entries().containsKey(option);
      String choice =
          written ? wanted.text(option) : options.table(option).text(ProfileKeys.DEFAULT);
      if (choices.entries().containsKey(choice)) {
        chosen = NodeMerge.over(chosen, choices.table(choice));
      } else {
        Node.Table from = written ? wanted : options;
        use.findings()
            .add(
                from.place(option),
                "option "
                    + Findings.quote(option)
                    + " of "
                    + (written ? use.device().name() : use.profile().name())
                    + ": "
                    + Nearest.none("choice", choice, new TreeSet<>(choices.entries().keySet())));
      }
    }
    return use.profile().with(chosen);
  }
}
