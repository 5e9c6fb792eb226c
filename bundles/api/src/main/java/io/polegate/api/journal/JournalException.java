package io.polegate.api.journal;

/** The journal cannot read or write its file. */
public final class JournalException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what was tried, with the error of the store. */
  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
