package io.polegate.buffer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the writer lets others see. Thread-safe. */
final class WriterState {
  private static final Logger LOG = LoggerFactory.getLogger(WriterState.class);

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile long lastCommitted;
  private volatile long lostInFile;
  private volatile String trouble = "";

  long lastCommitted() {
    return lastCommitted;
  }

  /** Items lost by eviction and damage. */
  long lostInFile() {
    return lostInFile;
  }

  /** Empty when all is well. */
  String trouble() {
    return trouble;
  }

  void listen(Runnable listener) {
    listeners.add(listener);
  }

  void unlisten(Runnable listener) {
    listeners.remove(listener);
  }

  void opened(long last) {
    lastCommitted = last;
  }

  void committed(long last, long lostItems) {
    lastCommitted = last;
    lostInFile = lostItems;
  }

  void troubled(String message) {
    trouble = message;
  }

  /** A listener that throws, or whose bundle is gone, must not stop the journal. */
  void tellListeners() {
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException | LinkageError e) {
        LOG.warn("commit listener failed", e);
      }
    }
  }
}
