package io.polegate.core;

/** Words for a person from an exception, which may come from a plugin and have none. */
final class Errors {
  private Errors() {}

  static String inWords(Throwable error) {
    String message = error.getMessage();
    return message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
  }
}
