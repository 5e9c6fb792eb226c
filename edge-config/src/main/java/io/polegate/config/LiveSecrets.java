package io.polegate.config;

import io.polegate.api.config.SecretStore;
import java.io.IOException;
import java.util.Set;

/** The secrets of a running gateway: what uses one is made anew when it changes. Thread-safe. */
final class LiveSecrets implements SecretStore {
  private final SecretFile file;
  private final DocumentInForce document;

  LiveSecrets(SecretFile file, DocumentInForce document) {
    this.file = file;
    this.document = document;
  }

  @Override
  public Set<String> names() {
    return file.names();
  }

  @Override
  public void put(String name, String value) throws IOException {
    file.put(name, value);
    document.again();
  }

  @Override
  public void remove(String name) throws IOException {
    if (document.contains(reference(name))) {
      throw new IllegalStateException("the document in force names the secret \"" + name + "\"");
    }
    file.remove(name);
  }

  /** To be called now and then: the command line may have written the file. */
  void look() {
    if (file.refresh()) {
      document.again();
    }
  }

  /** How documents name a secret. */
  static String reference(String name) {
    return "${secret:" + name + "}";
  }
}
