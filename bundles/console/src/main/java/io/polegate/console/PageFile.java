package io.polegate.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * One file of the page, held in memory; a browser asks each time whether it changed, so that a new
 * version of the gateway never meets an old page.
 */
final class PageFile implements Exchange.Handler {
  private final String contentType;
  private final byte[] content;
  private final String tag;

  private PageFile(String contentType, byte[] content) {
    this.contentType = contentType;
    this.content = content;
    CRC32C sum = new CRC32C();
    sum.update(content);
    this.tag = '"' + HexFormat.of().toHexDigits((int) sum.getValue()) + '"';
  }

  /** Reads {@code name} from the bundle. */
  static PageFile of(String name, String contentType) {
    try (InputStream in = PageFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not in this bundle: " + name);
      }
      return new PageFile(contentType, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.response().setHeader("Cache-Control", "no-cache");
    exchange.response().setHeader("ETag", tag);
    if (tag.equals(exchange.request().getHeader("If-None-Match"))) {
      exchange.response().setStatus(304);
    } else {
      Exchange.send(exchange.response(), contentType, content);
    }
  }
}
