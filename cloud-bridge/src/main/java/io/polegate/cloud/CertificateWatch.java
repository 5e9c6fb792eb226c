package io.polegate.cloud;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Warns of certificates that expire: 30, 14, 7 and 1 days before the end, and daily from then on.
 * Says each warning once per start of the gateway. One thread.
 */
final class CertificateWatch {
  private static final long[] STEPS_DAYS = {1, 7, 14, 30};

  private final String connection;
  private final Map<X509Certificate, Long> said = new HashMap<>();

  CertificateWatch(String connection) {
    this.connection = connection;
  }

  /** When the first of them ends. */
  static Optional<Instant> firstEnd(List<X509Certificate> own, List<X509Certificate> broker) {
    return Stream.concat(own.stream(), broker.stream())
        .map(one -> one.getNotAfter().toInstant())
        .min(Instant::compareTo);
  }

  /**
   * What is to be said now.
   *
   * @param own the pole's certificates
   * @param broker the broker's
   * @param now trusted, else nothing can be said
   */
  List<JournalItem.Event> due(
      List<X509Certificate> own, List<X509Certificate> broker, SampleTime now) {
    List<JournalItem.Event> due = new ArrayList<>();
    own.forEach(one -> look(one, "pole", now).ifPresent(due::add));
    broker.forEach(one -> look(one, "broker", now).ifPresent(due::add));
    said.keySet().removeIf(one -> !own.contains(one) && !broker.contains(one));
    return due;
  }

  private Optional<JournalItem.Event> look(X509Certificate one, String whose, SampleTime now) {
    Instant end = one.getNotAfter().toInstant();
    long days = Math.floorDiv(Duration.between(now.instant(), end).toSeconds(), 86_400L);
    long step = step(days);
    Long before = said.get(one);
    if (step > STEPS_DAYS[STEPS_DAYS.length - 1] || (before != null && before <= step)) {
      return Optional.empty();
    }
    said.put(one, step);
    return Optional.of(
        new JournalItem.Event(
            Lane.STATE,
            now,
            "certificate-expires",
            Map.of(
                "connection", new Value.Text(connection),
                "whose", new Value.Text(whose),
                "subject", new Value.Text(TlsChain.subject(one)),
                "ends", new Value.Text(end.toString()),
                "days", new Value.Int(days))));
  }

  /** The warning that so many whole days before the end belong to: the last ones are daily. */
  private static long step(long days) {
    for (long step : STEPS_DAYS) {
      if (days < step) {
        return step == 1 ? days : step;
      }
    }
    return Long.MAX_VALUE;
  }
}
