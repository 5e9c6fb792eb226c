package io.polegate.cloud;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;

/**
 * Looks after the certificates of one session: warns before they expire, and asks for a new session
 * when files were replaced or when the broker's certificate would be refused by now. The uplink's
 * thread.
 */
final class TlsCare implements SessionCare {
  /** New files count when two looks in a row found them the same: copying takes a while. */
  static final Duration LOOK = Duration.ofSeconds(20);

  private final TlsLink link;
  private final TlsLayer layer;
  private final URI url;
  private final Surroundings around;
  private final UplinkHealth health;
  private final CertificateWatch watch;
  private Map<Path, TlsFiles.Stamp> seen;
  private long nextNanos;

  TlsCare(
      TlsLink link,
      TlsLayer layer,
      URI url,
      Surroundings around,
      UplinkHealth health,
      CertificateWatch watch) {
    this.link = link;
    this.layer = layer;
    this.url = url;
    this.around = around;
    this.health = health;
    this.watch = watch;
    this.seen = layer.stamps();
    this.nextNanos = around.nanos().getAsLong();
  }

  @Override
  public long restNanos() {
    return nextNanos - around.nanos().getAsLong();
  }

  @Override
  public void look() throws SessionLostException {
    if (restNanos() > 0) {
      return;
    }
    nextNanos = around.nanos().getAsLong() + LOOK.toNanos();
    health.certificateEnds(CertificateWatch.firstEnd(layer.own(), layer.broker()));
    SampleTime now = around.now();
    if (now.quality() == TimeQuality.TRUSTED) {
      watch.due(layer.own(), layer.broker(), now).forEach(around.writer()::append);
    }
    try {
      layer.check();
    } catch (CertificateException e) {
      throw SessionLostException.again(
          "\"" + url + "\" is not trusted any more: " + e.getMessage());
    }
    lookAtFiles();
  }

  private void lookAtFiles() throws SessionLostException {
    Map<Path, TlsFiles.Stamp> now = link.stamps();
    boolean settled = now.equals(seen);
    seen = now;
    if (now.equals(layer.stamps())) {
      health.warn("");
    } else if (settled) {
      try {
        TlsLayer ignored = link.layer(url);
      } catch (TlsFileException e) {
        health.warn("the session goes on without the new files: " + e.getMessage());
        return;
      }
      throw SessionLostException.again("there are new certificates: connecting again with them");
    }
  }
}
