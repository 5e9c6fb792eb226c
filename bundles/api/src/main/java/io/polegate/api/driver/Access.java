package io.polegate.api.driver;

/** What may be done with a point. */
public enum Access {
  /** Polled, never written. */
  READ,
  /** Written, never polled; cannot be proved by reading back. */
  WRITE,
  /** Polled and written. */
  READ_WRITE;

  /** Whether the point is polled. */
  public boolean readable() {
    return this != WRITE;
  }

  /** Whether commands may name the point. */
  public boolean writable() {
    return this != READ;
  }

  /** Whether everything that {@code wanted} asks for is allowed here. */
  public boolean permits(Access wanted) {
    return (!wanted.readable() || readable()) && (!wanted.writable() || writable());
  }
}
