package io.polegate.cloud;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** What becomes of large payloads on their way. */
enum Compression {
  /** They go as they are. */
  NONE,
  /** RFC 1952, where that makes them smaller. */
  GZIP;

  /** The payload to send; the receiver tells by its first two bytes, 1f 8b. */
  byte[] of(byte[] payload) {
    if (this == NONE) {
      return payload;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 8192)) {
      gzip.write(payload);
    } catch (IOException e) {
      throw new UncheckedIOException("a message could not be compressed in memory", e);
    }
    return bytes.size() < payload.length ? bytes.toByteArray() : payload;
  }
}
