package io.polegate.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Runs everything and takes it down again. The main thread does all the work. */
public final class Demo {
  private static final int GOOD = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  /** Why it ends. */
  private enum End {
    TIME,
    SIGNAL,
    GATEWAY_ENDED,
    BROKER_LOST
  }

  private final Options.Run options;
  private final PrintStream out;
  private final Path home;
  private final boolean screen;
  private final long start = System.nanoTime();
  private final CompletableFuture<End> end = new CompletableFuture<>();

  private Demo(Options.Run options, PrintStream out, Path home, boolean screen) {
    this.options = options;
    this.out = out;
    this.home = home;
    this.screen = screen;
  }

  /** Started by bin/polegate-demo. */
  public static void main(String... words) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Options options = Options.parse(words);
    if (options instanceof Options.Run run) {
      Path home = Path.of(System.getProperty("polegate.demo.home", "."));
      System.exit(
          new Demo(run, out, home, Boolean.getBoolean("polegate.demo.screen")).endingCleanly(err));
    } else if (options instanceof Options.Wrong wrong) {
      err.println("polegate-demo: " + wrong.message());
      err.print(Options.USAGE);
      System.exit(WRONG_USAGE);
    }
    out.print(Options.USAGE);
  }

  /** Runs to the end, be it a signal, and gives the exit code. */
  private int endingCleanly(PrintStream err) {
    CountDownLatch done = new CountDownLatch(1);
    int[] code = {FAILED};
    Thread onSignal =
        new Thread(
            () -> {
              end.complete(End.SIGNAL);
              try {
                done.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              // else the virtual machine would report the signal as an error
              Runtime.getRuntime().halt(code[0]);
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      code[0] = run();
    } catch (IOException | MqttException e) {
      err.println("polegate-demo: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      done.countDown();
    }
    return code[0];
  }

  private int run() throws IOException, MqttException, InterruptedException {
    int httpPort = Ports.free(options.httpPort(), "--http");
    int mqttPort = Ports.free(options.mqttPort(), "--mqtt");
    Board board = new Board(PoleDocument.DEVICES);
    View view =
        screen
            ? new ScreenView(out)
            : new PlainView(out, InstantSource.system(), ZoneId.systemDefault());
    List<String> obituary = List.of();
    Platform seen;
    try (WorkFolder work = new WorkFolder();
        Broker broker = new Broker(mqttPort, work.path());
        SimulatedPole pole = new SimulatedPole(System::nanoTime)) {
      Path log = work.path().resolve("gateway.log");
      out.print(Greeting.text(httpPort, broker.port(), log));
      Runnable onLost = () -> end.complete(End.BROKER_LOST);
      try (Platform platform = new Platform(broker.port(), board, view, System::nanoTime, onLost)) {
        seen = platform;
        obituary = withGateway(work.path(), pole.document(broker.port()), httpPort, log, platform);
      }
    }
    return conclude(seen, obituary);
  }

  /** Until the end; what the gateway said last if that was the end of the gateway. */
  private List<String> withGateway(
      Path work, String document, int httpPort, Path log, Platform platform)
      throws IOException, InterruptedException {
    Path config = Files.createDirectory(work.resolve("config"));
    Files.writeString(config.resolve("pole.yaml"), document);
    Path program = home.resolve("gateway/bin/polegate");
    Runnable onOwnEnd = () -> end.complete(End.GATEWAY_ENDED);
    try (GatewayProcess gateway =
        GatewayProcess.start(program, config, work.resolve("data"), httpPort, log, onOwnEnd)) {
      if (await() == End.GATEWAY_ENDED) {
        return gateway.obituary();
      }
    }
    platform.awaitOffline(FAREWELL);
    return List.of();
  }

  private End await() throws InterruptedException {
    try {
      if (options.length().isEmpty()) {
        return end.get();
      }
      long left = options.length().get().toNanos() - (System.nanoTime() - start);
      return end.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      end.complete(End.TIME);
      return end.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody completes it exceptionally", e);
    }
  }

  private int conclude(Platform platform, List<String> obituary) {
    obituary.forEach(line -> out.println(Printable.of(line)));
    List<String> silent = platform.silent();
    if (end.join() == End.BROKER_LOST) {
      out.println("the broker dropped the platform");
    }
    if (!silent.isEmpty()) {
      out.println("never delivered: " + String.join(", ", silent));
    }
    out.println(platform.summary());
    boolean good =
        switch (end.join()) {
          case TIME -> silent.isEmpty();
          case SIGNAL -> true;
          case GATEWAY_ENDED, BROKER_LOST -> false;
        };
    return good ? GOOD : FAILED;
  }
}
