package io.polegate.plugins;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator in the jars of the tests that have one: it fails. */
public final class FixtureActivator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    throw new IllegalStateException("no licence");
  }

  @Override
  public void stop(BundleContext context) {
    // was never started
  }
}
