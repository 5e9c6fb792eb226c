package io.polegate.config;

import io.polegate.api.config.Configuration;
import io.polegate.api.config.Configuration.Answer;
import io.polegate.api.config.Configuration.Change;
import io.polegate.api.config.PoleSpec;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalItem.Event;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.live.UplinkStatus;
import io.polegate.testkit.HandClock;
import io.polegate.testkit.HandPoleClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The configuration bundle with real files, a hand-driven clock, and fakes for all other parts. */
final class TestPole {
  static final String A = "pole: {id: A}\n# the rest of the first document\n";
  static final String B = "pole: {id: B}\n# the rest of the second document\n";
  final Path config;
  final Path data;
  final Path root;
  final HandClock clock = new HandClock();
  final List<PoleSpec> applied = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final List<UplinkStatus> uplinks = new ArrayList<>();
  final Map<String, String> environment = new HashMap<>();
  Optional<RuntimeException> targetFails = Optional.empty();
  Runnable tick = () -> {};
  boolean ticking;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Optional<Configuration> configuration = Optional.empty();
  private Optional<LiveSecrets> secrets = Optional.empty();

  TestPole(Path folder) {
    config = folder.resolve("config");
    data = folder.resolve("data");
    root = folder.resolve("root");
    try {
      Files.createDirectories(config);
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The exit code of a start, as after a reboot. */
  int run() {
    applied.clear();
    err.reset();
    ticking = false;
    Targets targets = new Targets();
    targets.add(
        spec -> {
          applied.add(spec);
          targetFails.ifPresent(
              failure -> {
                throw failure;
              });
        },
        Map.of());
    Contact contact = new Contact();
    contact.add(() -> List.copyOf(uplinks));
    Events log = new Events();
    log.bind(new HandPoleClock(clock));
    log.bind(new Journal());
    Gateway gateway =
        new Gateway(
            new Gateway.Folders(Optional.of(config), Optional.of(data), root, environment),
            this::check,
            new Gateway.Around(
                targets,
                contact,
                log,
                new Hand(),
                clock.monotonic(),
                (live, known) -> {
                  configuration = Optional.of(live);
                  secrets = Optional.of(known);
                }),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return gateway.run();
  }

  private Outcome check(String file, byte[] content, Path folder, Secrets known) {
    return new DocumentCheck(Checks.plugins(), known)
        .check(file, content, folder.resolve(DocumentCheck.PROFILES));
  }

  /** Somebody far away wants another document, kept at once. */
  Answer change(String id, String document) {
    return change(id, document, Optional.empty());
  }

  /** As above, on trial. */
  Answer tryOut(String id, String document, int seconds) {
    return change(id, document, Optional.of(Duration.ofSeconds(seconds)));
  }

  private Answer change(String id, String document, Optional<Duration> confirmWithin) {
    return configuration().change(new Change(id, document, "cloud:city", "because", confirmWithin));
  }

  Configuration configuration() {
    return configuration.orElseThrow();
  }

  LiveSecrets secrets() {
    return secrets.orElseThrow();
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  Path file() {
    return config.resolve("pole.yaml");
  }

  Path kept(int version, String kind) {
    return data.resolve("config/%06d.%s".formatted(version, kind));
  }

  void write(String document) {
    try {
      Files.writeString(file(), document);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Id of the pole in the document in force. */
  String inForce() {
    return applied.get(applied.size() - 1).id();
  }

  List<String> eventTypes() {
    return events.stream().map(Event::type).toList();
  }

  /** The text of an attribute of the last event of a type. */
  String attribute(String type, String key) {
    Event last =
        events.stream().filter(e -> e.type().equals(type)).reduce((a, b) -> b).orElseThrow();
    return last.attributes().get(key) instanceof Value.Text text ? text.value() : "";
  }

  /** Seconds pass, with their ticks. */
  void pass(int seconds) {
    for (int second = 0; second < seconds; second++) {
      clock.advance(Duration.ofSeconds(1));
      if (ticking) {
        tick.run();
      }
    }
  }

  private final class Hand implements SecondHand {
    @Override
    public void start(Runnable work) {
      tick = work;
      ticking = true;
    }

    @Override
    public void stop() {
      ticking = false;
    }
  }

  private final class Journal implements JournalWriter {
    @Override
    public void append(JournalItem item) {
      events.add((Event) item);
    }

    @Override
    public CompletionStage<Long> appendDurably(JournalItem item) {
      append(item);
      return CompletableFuture.completedFuture(1L);
    }
  }
}
