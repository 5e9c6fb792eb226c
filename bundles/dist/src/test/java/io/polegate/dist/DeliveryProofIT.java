package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import io.polegate.testkit.mqtt.Ledger;
import io.polegate.testkit.mqtt.Mosquitto;
import io.polegate.testkit.net.FaultyLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the journal called durable reaches an independent subscriber, whatever happens to link,
 * broker and process. Short here; long with {@code -Dpolegate.proof.hours=24
 * -Dpolegate.proof.faults=200 -Dpolegate.proof.kills=100}, and repeatable as far as chance goes
 * with {@code -Dpolegate.proof.seed}.
 */
final class DeliveryProofIT {
  private static final double HOURS =
      Double.parseDouble(System.getProperty("polegate.proof.hours", "0.5"));
  private static final int FAULTS = Integer.getInteger("polegate.proof.faults", 6);
  private static final int KILLS = Integer.getInteger("polegate.proof.kills", 4);
  private static final long SEED = Long.getLong("polegate.proof.seed", System.nanoTime());
  private static final int POINTS = 50;
  private static final double SECONDS_PER_EVENT = 2.2;
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration CONTACT = Duration.ofSeconds(60);
  private static final Duration SLOW = Duration.ofSeconds(3);
  private static final long ALARM_MILLIS = 2000;

  private final Path folder;
  private final Path book;
  private final Random random = new Random(SEED);
  private final Outages outages = new Outages();
  private final long seconds = Math.round(HOURS * 3600);

  DeliveryProofIT(@TempDir Path folder) {
    this.folder = folder;
    this.book = folder.resolve("book");
  }

  @Test
  void whatWasDurableArrivesOnceInOrderAndAlarmsArriveAtOnce() throws Exception {
    Files.createDirectories(folder.resolve("journal"));
    long begin = System.nanoTime();
    try (Mosquitto broker = Mosquitto.start(folder);
        FaultyLink link = new FaultyLink(broker.port());
        Ledger ledger = Ledger.start(folder, broker.port(), "P-1", POINTS, book)) {
      ProofFaults faults = new ProofFaults(broker, link, random);
      Process writer = writer(link.url());
      awaitContact(ledger, System.currentTimeMillis(), Optional.empty());
      for (boolean kill : events()) {
        Thread.sleep(random.nextInt(1200)); // a time without faults is part of it
        long from = System.currentTimeMillis();
        Optional<ProofFaults.Fault> fault = Optional.empty();
        if (kill) {
          writer.destroyForcibly().waitFor();
          writer = writer(link.url());
        } else {
          fault = Optional.of(faults.next());
        }
        awaitContact(ledger, from, fault);
      }
      Files.createFile(ProofWriter.enough(book));
      Ledger.Books books = awaitAll(ledger);
      report(books, faults, begin);
      writer.destroyForcibly().waitFor();
      assertDelivered(books);
    }
  }

  private List<Boolean> events() {
    List<Boolean> kills = new ArrayList<>(Collections.nCopies(FAULTS, false));
    kills.addAll(Collections.nCopies(KILLS, true));
    Collections.shuffle(kills, random);
    return kills;
  }

  private Process writer(String url) throws IOException {
    Path log = folder.resolve("logback.xml");
    Files.writeString(
        log,
        "<configuration><appender name='a' class='ch.qos.logback.core.ConsoleAppender'><encoder>"
            + "<pattern>%d %m%n</pattern></encoder></appender><root level='INFO'>"
            + "<appender-ref ref='a'/></root></configuration>");
    long pace = Math.max(10, Math.round(seconds / (SECONDS_PER_EVENT * (FAULTS + KILLS))));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.configurationFile=" + log,
            "-cp",
            System.getProperty("java.class.path"),
            ProofWriter.class.getName(),
            folder.resolve("journal").toString(),
            url,
            book.toString(),
            String.valueOf(POINTS),
            String.valueOf(seconds),
            String.valueOf(pace))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("writer.log").toFile()))
        .start();
  }

  /** Waits until the pole said hello behind the fault. */
  private void awaitContact(Ledger ledger, long from, Optional<ProofFaults.Fault> fault)
      throws IOException {
    long healed = System.currentTimeMillis();
    boolean maybeNone = fault.filter(one -> one == ProofFaults.Fault.SLOW).isPresent();
    Duration patience = maybeNone ? SLOW : CONTACT;
    long begin = System.nanoTime();
    Optional<Long> hello = Optional.empty();
    while (hello.isEmpty() && System.nanoTime() - begin < patience.toNanos()) {
      long since = maybeNone ? from : healed;
      hello = ledger.look().moments("online").stream().filter(at -> at >= since).findFirst();
    }
    if (hello.isEmpty() && !maybeNone) {
      throw new AssertionError("no contact after " + fault + "; seed " + SEED);
    }
    // a slow link says hello too, and is no contact yet
    outages.add(from, Math.max(healed, hello.orElse(healed)), fault);
  }

  private Ledger.Books awaitAll(Ledger ledger) throws IOException {
    String ended = "\n" + ProofWriter.END + "\n";
    Await.until(
        "all arrived",
        LONG,
        () -> {
          // the end first: what is counted behind it is all
          boolean written = Files.readString(book).endsWith(ended);
          return ledger.look().count("missing") == 0 && written;
        });
    return ledger.look();
  }

  private void report(Ledger.Books books, ProofFaults faults, long begin) {
    Map<String, Object> counts = new TreeMap<>(books.counts());
    counts.keySet().removeAll(List.of("alarms", "online", "connected"));
    System.out.printf(
        "proof of delivery: seed %d, %d s of %d points in %d s, %d kills, faults %s, %d sessions,"
            + " %d s without contact, %s%n",
        SEED,
        seconds,
        POINTS,
        (System.nanoTime() - begin) / 1_000_000_000,
        KILLS,
        faults.done(),
        books.moments("online").size(),
        outages.millis() / 1000,
        counts);
  }

  private void assertDelivered(Ledger.Books books) throws IOException {
    assertThat(books.wrong()).as("seed %d", SEED).isEmpty();
    assertThat(books.count("missing")).as("seed %d", SEED).isZero();
    assertThat(books.count("holes")).as("seed %d", SEED).isZero();
    assertThat(books.count("gaps")).as("seed %d", SEED).isZero();
    assertThat(books.count("durable")).isGreaterThanOrEqualTo(seconds * POINTS);
    assertAlarmsCameAtOnce(books.alarms());
  }

  private void assertAlarmsCameAtOnce(Map<Long, Long> arrived) throws IOException {
    List<Long> late = new ArrayList<>();
    for (String line : Files.readAllLines(book)) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("L")) {
        long at = Objects.requireNonNull(arrived.get(Long.valueOf(words[1])), line);
        long ready = Long.parseLong(words[2]);
        long millis = outages.late(ready, at, ALARM_MILLIS);
        late.add(millis);
        if (millis > ALARM_MILLIS) {
          System.out.printf("late: %s at %d, %s%n", line, at, outages.near(ready, at));
        }
      }
    }
    Collections.sort(late);
    System.out.printf(
        "%d alarms: median %d ms, p99 %d ms, latest %d ms%n",
        late.size(),
        late.get(late.size() / 2),
        late.get(late.size() * 99 / 100),
        late.get(late.size() - 1));
    assertThat(late).as("seed %d", SEED).allMatch(millis -> millis <= ALARM_MILLIS);
  }
}
