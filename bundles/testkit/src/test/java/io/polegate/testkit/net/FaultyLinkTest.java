package io.polegate.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.polegate.testkit.Await;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault, seen from either end. */
final class FaultyLinkTest {
  private static final int SHORT_MILLIS = 100;

  private ServerSocket listener;
  private FaultyLink link;
  private Socket client;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    link = new FaultyLink(listener.getLocalPort());
    client = new Socket(InetAddress.getLoopbackAddress(), link.port());
    server = listener.accept();
    // the link knows of the connection once something went through it
    say(client, 9);
    assertThat(hear(server)).isEqualTo(9);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    link.close();
    listener.close();
  }

  private static void say(Socket from, int what) throws IOException {
    from.getOutputStream().write(what);
  }

  private static int hear(Socket at) throws IOException {
    at.setSoTimeout(10_000);
    return at.getInputStream().read();
  }

  private static void assertSilent(Socket at) throws IOException {
    at.setSoTimeout(SHORT_MILLIS);
    assertThatThrownBy(() -> at.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
  }

  private static void assertBroken(Socket at) {
    Await.until(
        "it is broken",
        () -> {
          try {
            at.setSoTimeout(SHORT_MILLIS);
            say(at, 0);
            return at.getInputStream().read() < 0;
          } catch (SocketTimeoutException e) {
            return false;
          } catch (SocketException e) {
            return true;
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void bytesPassBothWays() throws IOException {
    say(client, 1);
    assertThat(hear(server)).isEqualTo(1);
    say(server, 2);
    assertThat(hear(client)).isEqualTo(2);
    assertThat(link.accepted()).isEqualTo(1);
  }

  @Test
  void aRefusingLinkKeepsWhatIsConnected() throws IOException {
    link.refuse();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), link.port()))
        .isInstanceOf(ConnectException.class);
    say(client, 1);
    assertThat(hear(server)).isEqualTo(1);
    link.heal();
    try (Socket again = new Socket(InetAddress.getLoopbackAddress(), link.port());
        Socket served = listener.accept()) {
      say(again, 3);
      assertThat(hear(served)).isEqualTo(3);
    }
  }

  @Test
  void aResetIsSeenAtBothEnds() {
    link.reset();
    assertBroken(client);
    assertBroken(server);
  }

  @Test
  void aBlackHoleTowardsTheServerLetsAnswersPass() throws IOException {
    link.blackHole(true, false);
    say(client, 1);
    assertSilent(server);
    say(server, 2);
    assertThat(hear(client)).isEqualTo(2);
    link.heal();
    say(client, 3);
    assertSilent(server);
  }

  @Test
  void aBlackHoleTowardsTheClientLetsQuestionsPass() throws IOException {
    link.blackHole(false, true);
    say(server, 1);
    assertSilent(client);
    say(client, 2);
    assertThat(hear(server)).isEqualTo(2);
  }

  @Test
  void aHalfOpenConnectionLooksWellToTheClientOnly() throws IOException {
    link.halfOpen();
    assertBroken(server);
    say(client, 1);
    assertSilent(client);
    say(client, 2);
    assertSilent(client);
  }

  @Test
  void aSlowLinkLosesNothing() throws IOException {
    link.slow(10_000);
    byte[] block = new byte[3000];
    long begin = System.nanoTime();
    client.getOutputStream().write(block);
    server.setSoTimeout(10_000);
    assertThat(server.getInputStream().readNBytes(block.length)).hasSize(block.length);
    assertThat(System.nanoTime() - begin).isGreaterThan(100_000_000L);
  }

  @Test
  void aCutComesAfterTheBytesThatWereNamed() throws IOException {
    link.cutAfter(5);
    client.getOutputStream().write(new byte[] {1, 2, 3, 4, 5, 6, 7});
    server.setSoTimeout(10_000);
    int heard = 0;
    try {
      while (server.getInputStream().read() >= 0) {
        heard++;
      }
    } catch (SocketException e) {
      // reset: what was not read yet went with it
    }
    assertThat(heard).isLessThanOrEqualTo(5);
    assertBroken(client);
  }

  @Test
  void aServerThatIsAwayLooksAwayThroughTheLink() throws IOException {
    listener.close();
    try (Socket late = new Socket(InetAddress.getLoopbackAddress(), link.port())) {
      assertBroken(late);
    }
  }
}
