package io.polegate.cloud;

/**
 * What one uplink does, from its settings.
 *
 * @param link where to and how to connect
 * @param delivery how much of the journal goes at once
 * @param conversations makes the conversation of each session
 */
record UplinkPlan(LinkOptions link, DeliveryOptions delivery, Conversations conversations) {

  /** Makes conversations; called on the uplink's thread only. */
  @FunctionalInterface
  interface Conversations {
    /** The conversation of a session that is about to be made. */
    Conversation of(Situation situation);
  }
}
