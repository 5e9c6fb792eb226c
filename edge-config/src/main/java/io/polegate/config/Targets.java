package io.polegate.config;

import io.polegate.api.config.ConfigurationTarget;
import io.polegate.api.config.PoleSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that follow the document. One that arrives late, because its bundle was updated, gets
 * the document in force at once. Thread-safe: targets are called one after the other.
 */
final class Targets {
  private static final Logger LOG = LoggerFactory.getLogger(Targets.class);

  private record Ranked(ConfigurationTarget target, int ranking, long serviceId) {
    private static final Comparator<Ranked> ORDER =
        Comparator.comparingInt(Ranked::ranking).reversed().thenComparingLong(Ranked::serviceId);
  }

  private final List<Ranked> targets = new ArrayList<>();
  private Optional<PoleSpec> inForce = Optional.empty();

  /** A target came. */
  synchronized void add(ConfigurationTarget target, Map<String, ?> properties) {
    int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer i ? i : 0;
    long id = properties.get(Constants.SERVICE_ID) instanceof Long l ? l : Long.MAX_VALUE;
    targets.add(new Ranked(target, ranking, id));
    targets.sort(Ranked.ORDER);
    inForce.ifPresent(spec -> apply(target, spec));
  }

  /** A target went. */
  synchronized void remove(ConfigurationTarget target) {
    targets.removeIf(ranked -> ranked.target() == target);
  }

  /**
   * Brings a document into force everywhere, in the place of the one before.
   *
   * @return which parts failed, one line each
   */
  synchronized List<String> apply(PoleSpec spec) {
    inForce = Optional.of(spec);
    List<String> failures = new ArrayList<>();
    for (Ranked ranked : List.copyOf(targets)) {
      apply(ranked.target(), spec).ifPresent(failures::add);
    }
    LOG.info("document of pole \"{}\" is in force", spec.id());
    return failures;
  }

  /** One part that fails must not keep the others from working. */
  private static Optional<String> apply(ConfigurationTarget target, PoleSpec spec) {
    try {
      target.apply(spec);
      return Optional.empty();
    } catch (RuntimeException e) {
      String name = target.getClass().getName();
      LOG.error("\"{}\" failed to apply the document", name, e);
      return Optional.of(name + " failed to apply the document: " + e);
    }
  }
}
