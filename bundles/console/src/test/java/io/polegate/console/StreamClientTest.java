package io.polegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StreamClientTest {
  private final AtomicInteger completed = new AtomicInteger();
  private final Line line = new Line();
  private final StreamClient client = new StreamClient(async(), line, () -> {});

  @Test
  void messagesGoOutInOrderWhenTheLineTakesThem() {
    client.offer(bytes("1"));
    assertThat(line.text()).isEmpty();
    line.ready = true;
    client.onWritePossible();
    client.offer(bytes("2"));
    assertThat(line.text()).isEqualTo("12");
    assertThat(line.flushes).isEqualTo(2);
  }

  @Test
  void slowClientIsDroppedWhenItsQueueIsFull() {
    for (int i = 0; i < StreamClient.MOST_QUEUED; i++) {
      client.offer(bytes("x"));
    }
    assertThat(client.closed()).isFalse();
    client.offer(bytes("one too many"));
    assertThat(client.closed()).isTrue();
    assertThat(completed).hasValue(1);
  }

  @Test
  void clientWhoseLineBreaksIsDroppedOnce() {
    line.ready = true;
    line.broken = true;
    client.onWritePossible();
    client.offer(bytes("x"));
    client.offer(bytes("x"));
    client.close();
    assertThat(client.closed()).isTrue();
    assertThat(completed).hasValue(1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private AsyncContext async() {
    return (AsyncContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {AsyncContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("complete")) {
                completed.incrementAndGet();
              }
              return null;
            });
  }

  /** A connection that takes bytes when told. */
  private static final class Line extends ServletOutputStream {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private boolean ready;
    private boolean broken;
    private int flushes;

    String text() {
      return sent.toString(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      // called by hand
    }

    @Override
    public void write(int b) throws IOException {
      if (broken) {
        throw new IOException("broken");
      }
      sent.write(b);
    }

    @Override
    public void flush() {
      flushes++;
    }
  }
}
