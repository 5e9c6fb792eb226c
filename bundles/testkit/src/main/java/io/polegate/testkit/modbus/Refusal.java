package io.polegate.testkit.modbus;

/** An exception answer in the making. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;
  private final int code;

  Refusal(int code) {
    super("exception " + code);
    this.code = code;
  }

  int code() {
    return code;
  }
}
