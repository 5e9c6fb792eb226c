package io.polegate.buffer;

/**
 * A reader found the file itself damaged.
 *
 * @param epoch of the file that was read; another one may be in its place by now
 * @param message what was wrong with it
 */
record SalvageFile(long epoch, String message) implements Request {

  @Override
  public void run(Store store) throws DamagedBlockException {
    if (store.epoch() == epoch) {
      throw new DamagedBlockException(message);
    }
  }

  @Override
  public void done() {
    // was done before
  }

  @Override
  public void failed(Throwable cause) {
    // the writer salvages because of it
  }
}
