package io.polegate.cloud;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose failed writes are told by the next read. A broker that refuses a certificate
 * says why and hangs up; what the pole was still writing then would fail first, and the reason in
 * the last bytes that came would be lost. One thread reads, one writes.
 */
final class LateWrites extends Socket {
  private volatile @Nullable IOException failure;

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        try {
          int count = in.read(target, offset, length);
          IOException before = failure;
          if (count < 0 && before != null) {
            throw before;
          }
          return count;
        } catch (SocketTimeoutException e) {
          IOException before = failure;
          throw before == null ? e : before;
        }
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] source, int offset, int length) {
        if (failure != null) {
          return;
        }
        try {
          out.write(source, offset, length);
        } catch (IOException e) {
          failure = e;
        }
      }
    };
  }
}
