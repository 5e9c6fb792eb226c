package io.polegate.config;

import org.jspecify.annotations.Nullable;

/** A text cannot be read any further. */
final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Place place;

  SyntaxException(Place place, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.place = place;
  }

  SyntaxException(Place place, String message) {
    this(place, message, null);
  }

  Place place() {
    return place;
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
