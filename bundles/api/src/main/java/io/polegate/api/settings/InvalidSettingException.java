package io.polegate.api.settings;

/** A setting is missing, unknown or wrong. Found before any I/O and never retried. */
public final class InvalidSettingException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String key;

  /**
   * Names the place and the remedy.
   *
   * @param key the setting
   * @param problem what is wrong and what to write instead, without the key
   */
  public InvalidSettingException(String key, String problem) {
    super(problem);
    this.key = key;
  }

  /** The setting that is wrong. */
  public String key() {
    return key;
  }
}
