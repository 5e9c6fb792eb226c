package io.polegate.cloud;

import io.polegate.api.journal.Lane;
import io.polegate.api.journal.Sequenced;
import java.util.List;
import java.util.Map;

/**
 * What is said in one session, in the words of one format. All calls come on the uplink's thread,
 * but those of the inboxes. Any method that is given a publisher may end the session by throwing,
 * with {@link SessionLostException#elsewhere} if another broker is to be tried.
 */
interface Conversation {

  /** What the broker says when the session breaks. */
  Message will();

  /** Whether the broker keeps subscriptions, and what comes for them, while the pole is away. */
  default boolean remembered() {
    return true;
  }

  /**
   * Who takes what is published to the topics of a filter; subscribed with QoS 1. Each message
   * wakes the uplink's thread behind the inbox. Where filters overlap, one of them gets the
   * message.
   */
  Map<String, Session.Inbox> inboxes();

  /** Says hello, after the subscriptions stand; returns when the broker knows. */
  void begin(Publisher publisher) throws SessionLostException;

  /** Whether journal items may go now. */
  boolean ready();

  /** Whether journal items of a lane may go now; lanes go in their order. */
  default boolean ready(Lane lane) {
    return ready();
  }

  /** Why nothing may go, in words for the status; empty if nothing is wrong. */
  default String waitsFor() {
    return "";
  }

  /**
   * Does one thing that is due between messages of the journal.
   *
   * @return whether there was one
   */
  boolean step(Publisher publisher) throws SessionLostException;

  /** Nanoseconds until {@link #step} may have something to do although nothing wakes the thread. */
  long restNanos();

  /**
   * Sends as many of the items, all of one lane and at least one, as fit in a message.
   *
   * @return number of the last item that was sent
   */
  long send(Lane lane, List<Sequenced> items, Publisher publisher, Acknowledgement acknowledgement)
      throws SessionLostException;

  /**
   * Whether who answers for the items has spoken in this session; what it passes over may be to
   * blame then, and nothing is while it is silent.
   */
  default boolean answered() {
    return true;
  }

  /** Says goodbye; returns when the broker knows, or soon. */
  void end(Publisher publisher) throws SessionLostException;
}
