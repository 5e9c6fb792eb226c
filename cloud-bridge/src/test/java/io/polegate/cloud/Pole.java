package io.polegate.cloud;

import io.polegate.api.config.ConnectionSpec;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.journal.Lane;
import io.polegate.api.live.LiveView;
import io.polegate.api.live.UplinkStatus;
import io.polegate.api.settings.Settings;
import io.polegate.testkit.Await;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The bridge with a journal and a command gateway around it. */
final class Pole implements AutoCloseable {
  final InMemoryJournal journal = new InMemoryJournal();
  final FakeCommands commands = new FakeCommands(journal);

  /** Time as far as requests for the document are concerned. */
  final AtomicLong nanos = new AtomicLong();

  /** What the devices say; empty if the gateway just starts. */
  volatile Optional<LiveView> live = Optional.empty();

  /** What time platforms said it is. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  final FakeConfiguration configuration = new FakeConfiguration();
  final Surroundings around =
      new Surroundings(
          journal,
          journal,
          commands,
          new ConfigurationRequests(
              () -> Optional.of(configuration), journal, () -> InMemoryJournal.TIME, nanos::get),
          () -> live,
          (said, who) -> heard.add(who + " " + said),
          InstantSource.fixed(InMemoryJournal.NOON),
          System::nanoTime);
  final CloudBridge bridge = new CloudBridge(around);

  /** Connects with quick retries and further settings, key then value. */
  void connect(String url, String... more) {
    bridge.apply(spec(connection("city", url, more)));
  }

  static ConnectionSpec connection(String id, String url, String... more) {
    Map<String, String> texts = new HashMap<>();
    texts.put("url", url);
    texts.put("retry-first", "20ms");
    texts.put("retry-limit", "100ms");
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1]);
    }
    return new ConnectionSpec(id, "json", new Settings(texts));
  }

  static PoleSpec spec(ConnectionSpec... connections) {
    return new PoleSpec(
        "P-1",
        Map.of(),
        Optional.empty(),
        ZoneOffset.UTC,
        JournalSpec.DEFAULT,
        List.of(),
        List.of(),
        List.of(connections));
  }

  UplinkStatus status() {
    return bridge.uplinks().get(0);
  }

  /** Items of a lane that are not acknowledged. */
  long pending(Lane lane) {
    return Optional.ofNullable(status().pendingByLane().get(lane)).orElseThrow();
  }

  void awaitConnected() {
    Await.until("the uplink is connected", () -> status().connected());
  }

  void awaitDrained() {
    Await.until("all is acknowledged", () -> status().pending() == 0);
  }

  @Override
  public void close() {
    bridge.stop();
  }
}
