package io.polegate.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The document of a gateway that works is changed: what did not change notices nothing, and a power
 * cut leaves one whole document. {@code -Dpolegate.kills=50} for a full round.
 */
final class LiveChangeIT {
  private static final int KILLS = Integer.getInteger("polegate.kills", 10);
  private static final int CHANGES = 10;
  private static final int CHANGED = 7;
  private static final long POLL_MILLIS = 1_000;

  @TempDir Path folder;

  @Test
  void theOtherNineteenMissNoPollWhenOnePointOfOneDeviceChanges() throws Exception {
    try (TwentyUnits units = new TwentyUnits();
        GatewayProcess gateway = GatewayProcess.start(folder, units.document("1s", CHANGED, 1))) {
      GatewayView view = new GatewayView(gateway);
      Await.until("all answer", view::allOnline);
      Map<String, GatewayView.Polls> before = view.devices();
      long start = System.nanoTime();
      for (int change = 1; change <= CHANGES; change++) {
        double scale = 1 + change;
        assertThat(view.change(units.document("1s", CHANGED, scale), ""))
            .containsEntry("answer", "kept");
        Await.until(
            "the new scale counts", () -> value(gateway).contains("\"value\":" + 107 * scale));
      }
      Await.until("two polls more", () -> polled(units, start) > CHANGES + 2);
      Map<String, GatewayView.Polls> after = view.devices();
      long seconds = (System.nanoTime() - start) / 1_000_000_000;
      long worst = 0;
      for (int unit = 1; unit <= TwentyUnits.COUNT; unit++) {
        String id = "unit-" + unit;
        GatewayView.Polls was = Objects.requireNonNull(before.get(id));
        GatewayView.Polls is = Objects.requireNonNull(after.get(id));
        assertThat(is.missed()).as(id).isEqualTo(was.missed());
        if (unit != CHANGED) {
          long pause = units.longestPauseMillis(unit, start);
          worst = Math.max(worst, pause);
          assertThat(pause).as(id).isLessThan(2 * POLL_MILLIS);
          long asked = units.askedSince(unit, start).size();
          assertThat(is.polls() - was.polls()).as(id).isBetween(asked - 1, asked + 1);
          assertThat(asked).as(id).isGreaterThanOrEqualTo(seconds - 1);
        }
      }
      assertThat(view.openings()).isEqualTo(Map.of("line", 1L));
      System.out.printf(
          "%d changes in %d s, longest pause of the others %d ms%n", CHANGES, seconds, worst);
    }
  }

  private static int polled(TwentyUnits units, long since) {
    return units.askedSince(1, since).size();
  }

  private static String value(GatewayProcess gateway) throws Exception {
    return gateway.get("/api/v1/devices/unit-" + CHANGED);
  }

  @Test
  void killedAtAnyMomentOfAChangeTheOldOrTheNewDocumentIsWholeAndRuns() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int news = 0;
    try (TwentyUnits units = new TwentyUnits();
        GatewayProcess gateway = GatewayProcess.start(folder, units.document("500ms", 1, 1))) {
      GatewayView view = new GatewayView(gateway);
      Await.until("all answer", view::allOnline);
      String inForce = units.document("500ms", 1, 0.5);
      long start = System.nanoTime();
      assertThat(view.change(inForce, "")).containsEntry("answer", "kept");
      // some are killed before the change begins to act, some when it is over
      int mostMillis = 10 + (int) ((System.nanoTime() - start) * 2 / 1_000_000);
      for (int kill = 1; kill <= KILLS; kill++) {
        String wanted = units.document("500ms", 1 + random.nextInt(TwentyUnits.COUNT), 1 + kill);
        boolean trial = random.nextInt(4) == 0;
        changeAndKill(gateway, view, wanted, trial, random.nextInt(mostMillis));
        gateway.start();
        String now = view.document();
        String what = "seed %d, kill %d".formatted(seed, kill);
        assertThat(now).as(what).isIn(trial ? List.of(inForce) : List.of(inForce, wanted));
        news += now.equals(wanted) ? 1 : 0;
        inForce = now;
        assertWholeAndRunning(view, now, what);
        assertThat(gateway.log()).as(what).doesNotContain("polegate starts with", "damaged");
      }
      System.out.printf("%d kills in %d ms, %d left the new document%n", KILLS, mostMillis, news);
    }
  }

  private static void changeAndKill(
      GatewayProcess gateway, GatewayView view, String wanted, boolean trial, long millis)
      throws Exception {
    CompletableFuture<Void> change =
        CompletableFuture.runAsync(
            () -> {
              try {
                view.change(wanted, trial ? "\"confirmWithin\":\"5m\"" : "");
              } catch (IOException e) {
                throw new IllegalStateException("killed before it answered", e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    long start = System.nanoTime();
    Await.until("the moment", () -> System.nanoTime() - start > millis * 1_000_000);
    gateway.kill();
    try {
      change.get();
    } catch (ExecutionException e) {
      // most changes are killed before they answer
    }
  }

  private void assertWholeAndRunning(GatewayView view, String now, String what) throws Exception {
    assertThat(folder.resolve("config/pole.yaml")).as(what).hasContent(now);
    String sha256 =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(now.getBytes(StandardCharsets.UTF_8)));
    List<Map<String, Object>> history = view.history();
    assertThat(history.get(0)).as(what).containsEntry("sha256", sha256);
    for (int i = 0; i < history.size(); i++) {
      assertThat(history.get(i)).as(what).containsEntry("number", (long) history.size() - i);
      Object number = history.get(i).get("number");
      assertThat(view.get("/api/v1/configuration/history/" + number))
          .as(what)
          .containsEntry("sha256", history.get(i).get("sha256"));
    }
    assertThat(Files.exists(folder.resolve("config/pole.yaml.refused"))).as(what).isFalse();
    assertThat(view.trial()).as(what).isEmpty();
    Await.until("all answer", view::allOnline);
    assertThat(view.devices()).as(what).hasSize(TwentyUnits.COUNT);
  }
}
