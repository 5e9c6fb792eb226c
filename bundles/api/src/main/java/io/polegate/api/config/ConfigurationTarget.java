package io.polegate.api.config;

/**
 * A part of the gateway that follows the document; registered as an OSGi service. Targets are
 * called one after the other on one thread, those with a higher service ranking first.
 */
public interface ConfigurationTarget {

  /**
   * Brings a checked document into force and leaves alone what did not change. Returns when it is
   * in force; what cannot be reached right now (a port, a broker) is retried in the background and
   * is not an error here.
   */
  void apply(PoleSpec spec);
}
