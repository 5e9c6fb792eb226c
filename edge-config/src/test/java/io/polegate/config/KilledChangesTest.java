package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.Configuration.Change;
import io.polegate.api.config.Configuration.Version;
import io.polegate.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} while a process changes its document again and again. How often: {@code
 * -Dpolegate.kills=50} for a full round.
 */
final class KilledChangesTest {
  private static final int KILLS = Integer.getInteger("polegate.kills", 10);
  private static final int MOST_MILLIS = 500;
  private static final int PADDING = 20_000;
  private final Random random = new Random();
  @TempDir private Path folder;

  /** The process that is killed: starts with what is there, then changes it until then. */
  static final class Child {
    private Child() {}

    public static void main(String... arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      TestPole pole = new TestPole(folder);
      if (pole.run() != 0) {
        throw new AssertionError("does not start: " + pole.err());
      }
      int number = pole.configuration().current().number();
      Files.writeString(folder.resolve("running"), "");
      while (true) {
        number++;
        // a killed change is answered as undone from then on
        String id = UUID.randomUUID().toString();
        Change change = new Change(id, document(number), "child", "", Optional.empty());
        pole.configuration().change(change);
        pole.secrets().put("last", "n" + number);
      }
    }
  }

  /** Each of its lines names the version, so that a mixture of two is seen. */
  private static String document(int number) {
    return "pole: {id: P" + number + "}\n" + ("# " + number + "\n").repeat(PADDING / 8);
  }

  @Test
  void afterEachKillTheOldOrTheNewDocumentIsWholeAndRunning() throws Exception {
    TestPole pole = new TestPole(folder);
    pole.write(document(1));
    assertThat(pole.run()).isZero();
    int reached = 1;
    for (int kill = 0; kill < KILLS; kill++) {
      changeUntilKilled();
      assertThat(pole.run()).as(pole.err()).isZero();
      Version now = pole.configuration().current();
      String text = Files.readString(pole.file());
      assertThat(text).isEqualTo(document(Integer.parseInt(pole.inForce().substring(1))));
      assertThat(now.sha256()).isEqualTo(Digest.sha256(Files.readAllBytes(pole.file())));
      assertThat(now.author()).isEqualTo(now.number() == 1 ? "file" : "child");
      assertThat(pole.configuration().document(now.number())).hasValue(text);
      assertThat(pole.err()).isEmpty();
      assertThat(pole.eventTypes())
          .doesNotContain(
              "configuration-fallback", "configuration-history-damaged", "secrets-damaged");
      assertThat(pole.secrets().names()).isSubsetOf(List.of("last"));
      reached = now.number();
    }
    assertThat(reached).as("the children changed something").isGreaterThan(1);
  }

  private void changeUntilKilled() throws Exception {
    Path running = folder.resolve("running");
    Files.deleteIfExists(running);
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("child").toFile())
            .start();
    try {
      Await.until(
          "the child runs",
          () -> {
            if (!child.isAlive()) {
              throw new AssertionError(Files.readString(folder.resolve("child")));
            }
            return Files.exists(running);
          });
      // the moment is the point of this test
      child.waitFor(random.nextInt(MOST_MILLIS), TimeUnit.MILLISECONDS);
    } finally {
      child.destroyForcibly().waitFor();
    }
  }
}
