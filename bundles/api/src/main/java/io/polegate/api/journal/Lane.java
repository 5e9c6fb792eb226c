package io.polegate.api.journal;

/** Priority class of a journal item; the order is the order of delivery. */
public enum Lane {
  /** Alarm transitions, gaps, security: durable at once, sent first. */
  ALARM,
  /** Command results: durable at once. */
  RESULT,
  /** Changes of state of devices, buses and the gateway. */
  STATE,
  /** Readings: durable within the commit interval. */
  TELEMETRY
}
