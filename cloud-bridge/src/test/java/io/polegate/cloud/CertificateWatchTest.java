package io.polegate.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.Lane;
import io.polegate.testkit.tls.Authority;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateWatchTest {
  private static final Instant END = Instant.parse("2026-09-01T00:00:00Z");
  private static X509Certificate pole;
  private static X509Certificate broker;

  private final CertificateWatch watch = new CertificateWatch("city");

  @BeforeAll
  static void issue(@TempDir Path folder) throws Exception {
    Authority city = Authority.in(folder, "city");
    Instant begin = END.minus(Duration.ofDays(90));
    pole = Certificates.read(city.issue("pole", begin, END).certificate());
    broker =
        Certificates.read(
            city.issue("broker", begin, END.plus(Duration.ofDays(60)), "DNS:b").certificate());
  }

  private List<JournalItem.Event> due(Duration before) {
    return watch.due(List.of(pole), List.of(broker), SampleTime.of(END.minus(before)));
  }

  @Test
  void warningsComeThirtyFourteenSevenDaysBeforeAndThenDaily() {
    List<Object> days = new ArrayList<>();
    for (long hours = 40 * 24; hours > -3 * 24; hours--) {
      due(Duration.ofHours(hours)).stream()
          .map(event -> event.attributes().get("days"))
          .forEach(days::add);
    }
    // one hour after the mark, so that a whole day less is left
    assertThat(days)
        .containsExactly(
            new Value.Int(29),
            new Value.Int(13),
            new Value.Int(6),
            new Value.Int(0),
            new Value.Int(-1),
            new Value.Int(-2),
            new Value.Int(-3));
  }

  @Test
  void aWarningSaysWhatExpiresWhen() {
    assertThat(due(Duration.ofDays(3)))
        .containsExactly(
            new JournalItem.Event(
                Lane.STATE,
                SampleTime.of(END.minus(Duration.ofDays(3))),
                "certificate-expires",
                Map.of(
                    "connection", new Value.Text("city"),
                    "whose", new Value.Text("pole"),
                    "subject", new Value.Text("\"CN=pole\""),
                    "ends", new Value.Text("2026-09-01T00:00:00Z"),
                    "days", new Value.Int(3))));
  }

  @Test
  void aRenewedOneIsAnotherOne() {
    assertThat(due(Duration.ofDays(3))).hasSize(1);
    assertThat(watch.due(List.of(), List.of(broker), SampleTime.of(END))).isEmpty();
    assertThat(due(Duration.ofDays(3))).hasSize(1);
  }

  @Test
  void theFirstEndCounts() {
    assertThat(CertificateWatch.firstEnd(List.of(pole), List.of(broker))).contains(END);
    assertThat(CertificateWatch.firstEnd(List.of(), List.of(broker)))
        .contains(END.plus(Duration.ofDays(60)));
    assertThat(CertificateWatch.firstEnd(List.of(), List.of())).isEmpty();
  }
}
