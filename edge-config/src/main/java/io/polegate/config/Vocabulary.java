package io.polegate.config;

import io.polegate.api.driver.DriverFactory;
import io.polegate.api.settings.Schema;

/** The settings that a driver knows, asked for once. */
record Vocabulary(Schema bus, Schema device, Schema point) {
  static Vocabulary of(DriverFactory factory) {
    return new Vocabulary(factory.busSettings(), factory.deviceSettings(), factory.pointSettings());
  }
}
