package io.polegate.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.JournalSpec.Evict;
import io.polegate.api.config.JournalSpec.LaneSpec;
import io.polegate.api.data.Reading;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalReader.Cursor;
import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Opens what a power cut may leave of a folder when the system had not yet written what it was not
 * told to sync. {@code -Dpolegate.cuts=N} makes it longer.
 */
final class LostWritesTest {
  /** For each of the two policies. */
  private static final int CUTS = Integer.getInteger("polegate.cuts", 60) / 2;

  private static final int ITEMS = CUTS > 100 ? 30_000 : 8_000;
  private static final String FOREVER = "9999-01-01T00:00:00Z";

  private final Path folder;
  private final Random random = new Random();
  private final StringBuilder told = new StringBuilder();

  /** Contents by number, from all cuts: none may have two. */
  private final Map<Long, JournalItem> seen = new HashMap<>();

  private long evictedAcknowledged;

  LostWritesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @EnumSource(
      value = Evict.class,
      names = {"OLDEST", "THIN"})
  void whateverUnsyncedWritesAreLostNothingAcknowledgedIs(Evict evict) throws Exception {
    Path live = Files.createDirectory(folder.resolve("live"));
    Path trace = folder.resolve("trace");
    Process child =
        new Disk(folder)
            .traced(live, trace, Child.class, Integer.toString(ITEMS), evict.name())
            .start();
    assertThat(child.waitFor()).isZero();
    List<DiskCall> calls = DiskCall.read(trace);
    TreeSet<Integer> cuts = new TreeSet<>();
    while (cuts.size() < CUTS) {
      cuts.add(random.nextInt(calls.size()));
    }
    LostWrites disk = new LostWrites(live);
    long acks = -1;
    for (int i = 0; i < calls.size(); i++) {
      DiskCall call = calls.get(i);
      if (call.kind() == DiskCall.Kind.OPEN && call.text().endsWith("/acks")) {
        acks = call.fd();
      } else if (call.fd() == acks && call.kind() == DiskCall.Kind.WRITE) {
        told.append(call.text());
      }
      disk.follow(call);
      if (cuts.contains(i)) {
        checkCut(disk, evict, "cut after call " + i + " of " + calls.size());
      }
    }
    System.out.printf(
        "%s: %d cuts in %d calls, %d rows acknowledged, %d of them gone at the last cut%n",
        evict, CUTS, calls.size(), told.toString().lines().count(), evictedAcknowledged);
  }

  private void checkCut(LostWrites disk, Evict evict, String what) throws Exception {
    Path place = Files.createDirectory(folder.resolve("cut"));
    disk.cut(place, random);
    Files.deleteIfExists(place.resolve("acks"));
    try (SqliteJournal journal = Journals.open(place, Child.spec(evict))) {
      SortedMap<Long, Sequenced> there = Journals.all(journal);
      long next = journal.appendDurably(Items.alarm(-7)).toCompletableFuture().join();
      // what an earlier run lost is reported with the first commits
      Journals.flush(journal);
      Journals.flush(journal);
      List<Lost> gaps = Journals.gaps(Journals.all(journal));
      assertThat(journal.status().message()).as(what).isEmpty();
      assertThat(gaps).as(what).extracting(Lost::cause).isSubsetOf(Lost.EVICTED, Lost.THINNED);
      assertThat(next).as(what).isGreaterThan(there.isEmpty() ? 0 : there.lastKey());
      there.forEach((seq, item) -> hasOneContent(seq, item.item(), what));
      checkAcknowledged(journal, there, gaps, what);
    }
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(place);
  }

  private void checkAcknowledged(
      SqliteJournal journal, SortedMap<Long, Sequenced> there, List<Lost> gaps, String what)
      throws Exception {
    long delivered = 0;
    evictedAcknowledged = 0;
    Map<Long, Long> items = new TreeMap<>();
    for (String line : told.toString().lines().toList()) {
      String[] fields = line.split(" ", -1);
      switch (fields[0]) {
        case "item" -> items.put(Long.parseLong(fields[1]), Long.parseLong(fields[2]));
        case "delivered" -> delivered = Long.parseLong(fields[1]);
        default ->
            assertThat(journal.begin(fields[1], Instant.parse(FOREVER))).as(what).isPresent();
      }
    }
    for (Map.Entry<Long, Long> item : items.entrySet()) {
      long seq = item.getKey();
      JournalItem expected = Child.item(item.getValue());
      if (there.containsKey(seq)) {
        assertThat(there.get(seq).item()).as(what).isEqualTo(expected);
      } else {
        assertThat(expected.lane()).as(what + ": " + seq).isEqualTo(Lane.TELEMETRY);
        assertThat(seq <= delivered || gaps.stream().anyMatch(gap -> covers(gap, seq)))
            .as(what + ": acknowledged " + seq + " is missing")
            .isTrue();
        evictedAcknowledged++;
      }
    }
  }

  private static boolean covers(Lost gap, long seq) {
    return gap.lane().equals("telemetry") && gap.from() <= seq && seq <= gap.to();
  }

  private void hasOneContent(long seq, JournalItem item, String what) {
    if (item instanceof JournalItem.Event event && !event.type().equals("water-high")) {
      // the journal's own after this cut
      return;
    }
    JournalItem before = seen.putIfAbsent(seq, item);
    if (before != null) {
      assertThat(item).as(what + ": content of " + seq).isEqualTo(before);
    }
  }

  /** Uses a journal in every way, and tells the folder itself what it was promised. */
  static final class Child {
    private Child() {}

    static JournalItem item(long number) {
      if (number % 50 == 0) {
        return Items.alarm(number);
      }
      Value text = new Value.Text("x".repeat((int) (number * 31 % 180)) + number);
      return new JournalItem.PointReading(
          "lamp", "power", "W", new Reading.Good(text, Items.time(number)));
    }

    static JournalSpec spec(Evict evict) {
      OptionalLong limit = evict == Evict.THIN ? OptionalLong.of(300_000) : OptionalLong.empty();
      LaneSpec lane = new LaneSpec(limit, Optional.empty(), evict);
      return new JournalSpec(
          1_000_000, Duration.ofMillis(10), Map.of(Lane.TELEMETRY, lane), OptionalLong.empty());
    }

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[0]);
      long items = Long.parseLong(args[1]);
      SqliteJournal journal = Journals.open(folder, spec(Evict.valueOf(args[2])));
      Cursor city = journal.cursor("city");
      try (FileChannel told =
          FileChannel.open(
              folder.resolve("acks"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        for (long number = 1; number <= items; number++) {
          if (number % 10 != 0) {
            journal.append(item(number));
            continue;
          }
          long seq = journal.appendDurably(item(number)).toCompletableFuture().join();
          tell(told, "item " + seq + " " + number);
          if (number % 970 == 0) {
            journal.begin("command-" + number, Instant.parse(FOREVER));
            tell(told, "begun command-" + number);
          }
          if (number % 1500 == 0) {
            city.acknowledge(Lane.TELEMETRY, seq - 1000);
            tell(told, "delivered " + (seq - 1000));
          }
        }
      }
      // a cut, not an end
      Runtime.getRuntime().halt(0);
    }

    private static void tell(FileChannel told, String line) throws IOException {
      told.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }
  }
}
