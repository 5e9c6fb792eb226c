package io.polegate.buffer;

/** Bytes of the journal are not what was written. */
final class DamagedBlockException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedBlockException(String message) {
    super(message);
  }
}
