package io.polegate.cloud;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Keeps the end of a connection from the reader until the first packet was written. Paho 1.2.5
 * starts its threads one after the other and polls until it has seen each of them running; a reader
 * that ends before it was seen leaves the connecting thread polling for ever. The first packet is
 * written when all of them have started. The reader also knows best why a connection ended, for
 * instance that the broker refused the pole's certificate, so a write that fails says what the
 * reader found. Each stream one thread.
 */
final class LateFailure {
  private static final long MOST_SECONDS = 5;

  private static final long MOST_SECONDS_FOR_REASON = 1;

  private final CountDownLatch written = new CountDownLatch(1);
  private final CompletableFuture<IOException> reason = new CompletableFuture<>();

  InputStream input(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        try {
          int count = in.read(target, offset, length);
          if (count < 0) {
            reason.complete(new EOFException("the broker closed the connection"));
            awaitFirstPacket();
          }
          return count;
        } catch (SocketTimeoutException e) {
          throw e;
        } catch (IOException e) {
          reason.complete(e);
          awaitFirstPacket();
          throw e;
        }
      }
    };
  }

  OutputStream output(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        try {
          out.write(source, offset, length);
        } catch (IOException e) {
          throw reasonFor(e);
        } finally {
          written.countDown();
        }
      }
    };
  }

  private IOException reasonFor(IOException ofWriter) {
    try {
      IOException found = reason.get(MOST_SECONDS_FOR_REASON, TimeUnit.SECONDS);
      found.addSuppressed(ofWriter);
      return found;
    } catch (TimeoutException | ExecutionException e) {
      ofWriter.addSuppressed(e);
      return ofWriter;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ofWriter;
    }
  }

  private void awaitFirstPacket() {
    try {
      if (!written.await(MOST_SECONDS, TimeUnit.SECONDS)) {
        written.countDown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
