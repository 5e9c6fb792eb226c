package io.polegate.plugins;

import io.polegate.api.data.SampleTime;
import io.polegate.api.data.TimeQuality;
import io.polegate.api.journal.JournalItem;
import io.polegate.api.journal.JournalWriter;
import io.polegate.api.time.PoleClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the folder that the framework property {@code polegate.plugins} names, once a second (or
 * as often as {@code polegate.plugins.every} says in milliseconds, for tests); the first look is
 * over when this component is active, so that documents may name what is there. Thread-safe; all
 * work is done by one thread after the other.
 */
@Component(
    immediate = true,
    service = {})
public final class PluginFolder {
  private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);
  private static final long MILLIS_BETWEEN_LOOKS = 1_000;
  private static final long SECONDS_TO_END = 20;

  private final @Nullable String folder;
  private final long millisBetweenLooks;
  private final PluginBundles bundles;
  private final AtomicReference<@Nullable JournalWriter> journal = new AtomicReference<>();
  private final AtomicReference<@Nullable PoleClock> clock = new AtomicReference<>();
  private final CountDownLatch ending = new CountDownLatch(1);
  private @Nullable Thread thread;
  private boolean unreadable;

  /** Does nothing yet. */
  @Activate
  public PluginFolder(BundleContext context, @Reference ServiceComponentRuntime components) {
    this.folder = context.getProperty("polegate.plugins");
    String every = context.getProperty("polegate.plugins.every");
    this.millisBetweenLooks = every == null ? MILLIS_BETWEEN_LOOKS : Long.parseLong(every);
    this.bundles = new PluginBundles(context, new Services(context, components));
  }

  /** Without one, as when a document is only checked, events go nowhere. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setJournal(JournalWriter writer) {
    journal.set(writer);
  }

  void unsetJournal(JournalWriter writer) {
    journal.compareAndSet(writer, null);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setClock(PoleClock now) {
    clock.set(now);
  }

  void unsetClock(PoleClock gone) {
    clock.compareAndSet(gone, null);
  }

  @Activate
  void start() {
    bundles.clean();
    if (folder != null) {
      Watch watch = new Watch(Path.of(folder), bundles, new Notices(this::append, this::now));
      look(watch);
      // at the start nothing is on its way any more: what is not whole is refused now, with words
      look(watch);
      Thread looking = new Thread(() -> lookAgainAndAgain(watch), "plugins");
      looking.setDaemon(true);
      looking.start();
      thread = looking;
    }
  }

  @Deactivate
  void stop() throws InterruptedException {
    ending.countDown();
    Thread looking = thread;
    if (looking != null) {
      looking.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
    }
  }

  private void append(JournalItem item) {
    JournalWriter writer = journal.get();
    if (writer != null) {
      writer.append(item);
    }
  }

  private SampleTime now() {
    PoleClock there = clock.get();
    return there == null ? new SampleTime(Instant.now(), TimeQuality.UNTRUSTED) : there.now();
  }

  private void lookAgainAndAgain(Watch watch) {
    try {
      while (!ending.await(millisBetweenLooks, TimeUnit.MILLISECONDS)) {
        look(watch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing that one look meets may end the looking. */
  private void look(Watch watch) {
    try {
      watch.look();
      unreadable = false;
    } catch (IOException e) {
      if (!unreadable) {
        unreadable = true;
        LOG.error("the plugins folder \"{}\" cannot be read, plugins stay as they are", folder, e);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("a look at the plugins folder failed", e);
    }
  }
}
