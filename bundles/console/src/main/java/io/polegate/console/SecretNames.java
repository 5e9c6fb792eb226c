package io.polegate.console;

import io.polegate.api.config.SecretStore;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names of secrets; a secret goes in and never comes out. Thread-safe. */
final class SecretNames {
  private static final Logger log = LoggerFactory.getLogger(SecretNames.class);
  private final SecretStore secrets;

  SecretNames(SecretStore secrets) {
    this.secrets = secrets;
  }

  void get(Exchange exchange) throws IOException {
    exchange.sendJson(
        JsonText.of(
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("names");
              for (String name : new TreeSet<>(secrets.names())) {
                json.writeString(name);
              }
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  void put(Exchange exchange) throws IOException, RefusedException {
    FlatJson body = FlatJson.parse(RequestBody.json(exchange.request()), Set.of("name", "value"));
    String name = body.required("name");
    String value = body.required("value");
    store(() -> secrets.put(name, value));
    get(exchange);
  }

  void delete(Exchange exchange) throws IOException, RefusedException {
    String name = exchange.variables().get(0);
    if (!secrets.names().contains(name)) {
      throw new RefusedException(Problem.notFound("the names are at /api/v1/secrets"));
    }
    store(() -> secrets.remove(name));
    get(exchange);
  }

  /** Something that writes. */
  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }

  private static void store(Writing writing) throws RefusedException {
    try {
      writing.write();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          Problem.malformed("name is 1 to 64 of a-z, 0-9 and -, value a text of 1 to 4096"), e);
    } catch (IllegalStateException e) {
      throw new RefusedException(
          new Problem(409, "in-use", "The document names this secret", "change the document first"),
          e);
    } catch (IOException e) {
      log.error("a secret cannot be written", e);
      throw new RefusedException(
          new Problem(500, "not-written", "The secret cannot be written", "check the disk"), e);
    }
  }
}
