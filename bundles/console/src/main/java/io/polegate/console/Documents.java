package io.polegate.console;

import com.fasterxml.jackson.core.JsonGenerator;
import io.polegate.api.config.Configuration;
import io.polegate.api.config.Configuration.Answer;
import io.polegate.api.config.Configuration.Change;
import io.polegate.api.config.Configuration.Version;
import io.polegate.api.settings.Quantity;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The document of the pole, its history and what is on trial. Thread-safe. */
final class Documents {
  /** As large as a document may be, and what JSON adds to it. */
  private static final int LARGEST_BYTES = 2_200_000;

  private static final int LONGEST_ID = 128;
  private static final int LONGEST_WORDS = 500;
  private static final Set<String> BY =
      new LinkedHashSet<>(List.of("id", "author", "reason", "confirmWithin"));

  private final Configuration configuration;

  Documents(Configuration configuration) {
    this.configuration = configuration;
  }

  void get(Exchange exchange) throws IOException {
    Version now = configuration.current();
    exchange.response().setHeader("ETag", '"' + now.sha256() + '"');
    exchange.sendJson(
        JsonText.of(
            json -> {
              json.writeStartObject();
              json.writeObjectFieldStart("version");
              version(json, now);
              json.writeEndObject();
              json.writeStringField("document", configuration.document(now.number()).orElse(""));
              trial(json);
              json.writeEndObject();
            }));
  }

  void history(Exchange exchange) throws IOException {
    exchange.sendJson(
        JsonText.of(
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("versions");
              for (Version version : configuration.history()) {
                json.writeStartObject();
                version(json, version);
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  void version(Exchange exchange) throws IOException, RefusedException {
    String number = exchange.variables().get(0);
    Optional<Version> found =
        configuration.history().stream()
            .filter(version -> Integer.toString(version.number()).equals(number))
            .findFirst();
    Optional<String> document = found.flatMap(v -> configuration.document(v.number()));
    if (document.isEmpty()) {
      throw new RefusedException(
          Problem.notFound("the list of versions is at /api/v1/configuration/history"));
    }
    exchange.sendJson(
        JsonText.of(
            json -> {
              json.writeStartObject();
              version(json, found.get());
              json.writeStringField("diff", found.get().diff());
              json.writeStringField("document", document.get());
              json.writeEndObject();
            }));
  }

  void check(Exchange exchange) throws IOException, RefusedException {
    FlatJson body = body(exchange, Set.of("document"));
    String document = body.required("document");
    List<String> problems = configuration.check(document);
    String diff = configuration.diff(document);
    exchange.sendJson(
        JsonText.of(
            json -> {
              json.writeStartObject();
              problems(json, problems);
              json.writeStringField("diff", diff);
              json.writeEndObject();
            }));
  }

  void change(Exchange exchange) throws IOException, RefusedException {
    FlatJson body = body(exchange, with("document"));
    String match = Optional.ofNullable(exchange.request().getHeader("If-Match")).orElse("");
    if (!match.isEmpty() && !match.equals('"' + configuration.current().sha256() + '"')) {
      throw new RefusedException(
          new Problem(
              412,
              "changed-meanwhile",
              "Somebody else changed the document meanwhile",
              "get it again, and change that"));
    }
    answer(exchange, configuration.change(by(body, body.required("document"))));
  }

  void rollBack(Exchange exchange) throws IOException, RefusedException {
    FlatJson body = body(exchange, with("version"));
    String version = body.required("version");
    JsonBody.expect(version.matches("[1-9][0-9]{0,8}"), "version must be a number of the history");
    answer(exchange, configuration.rollBack(Integer.parseInt(version), by(body, "")));
  }

  void verdict(Exchange exchange) throws IOException, RefusedException {
    FlatJson body = body(exchange, Set.of("id", "keep", "author"));
    String keep = body.required("keep");
    JsonBody.expect(keep.equals("true") || keep.equals("false"), "keep must be true or false");
    String author = author(body);
    boolean found =
        keep.equals("true")
            ? configuration.confirm(body.required("id"), author)
            : configuration.reject(body.required("id"), author);
    if (!found) {
      throw new RefusedException(Problem.notFound("no change with this id is on trial"));
    }
    get(exchange);
  }

  private static Set<String> with(String field) {
    Set<String> fields = new LinkedHashSet<>(BY);
    fields.add(field);
    return fields;
  }

  private static FlatJson body(Exchange exchange, Set<String> fields)
      throws IOException, RefusedException {
    return FlatJson.parse(RequestBody.json(exchange.request(), LARGEST_BYTES), fields);
  }

  private static Change by(FlatJson body, String document) throws RefusedException {
    String id = body.find("id").orElseGet(() -> UUID.randomUUID().toString());
    String reason = body.find("reason").orElse("");
    JsonBody.expect(
        !id.isEmpty() && id.length() <= LONGEST_ID,
        "id must be a text of 1 to " + LONGEST_ID + " characters");
    JsonBody.expect(
        reason.length() <= LONGEST_WORDS, "reason has at most " + LONGEST_WORDS + " characters");
    Optional<String> within = body.find("confirmWithin");
    return new Change(
        id,
        document,
        author(body),
        reason,
        within.isPresent() ? Optional.of(within(within.get())) : Optional.empty());
  }

  private static String author(FlatJson body) throws RefusedException {
    String author = body.find("author").orElse("technician");
    JsonBody.expect(
        !author.isBlank() && author.length() <= LONGEST_ID,
        "author must be a text of 1 to " + LONGEST_ID + " characters");
    return author;
  }

  private static Duration within(String text) throws RefusedException {
    String wanted = "confirmWithin must be a duration from 5s to 1d";
    try {
      Duration within = Quantity.duration(text);
      JsonBody.expect(
          within.compareTo(Change.SHORTEST) >= 0 && within.compareTo(Change.LONGEST) <= 0, wanted);
      return within;
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Problem.malformed(wanted), e);
    }
  }

  private static void answer(Exchange exchange, Answer answer) throws IOException {
    if (answer instanceof Answer.Refused) {
      exchange.response().setStatus(422);
    } else if (answer instanceof Answer.OnTrial) {
      exchange.response().setStatus(202);
    }
    exchange.sendJson(
        JsonText.of(
            json -> {
              json.writeStartObject();
              if (answer instanceof Answer.Kept kept) {
                json.writeStringField("answer", "kept");
                version(json, kept.version());
              } else if (answer instanceof Answer.Unchanged same) {
                json.writeStringField("answer", "unchanged");
                version(json, same.version());
              } else if (answer instanceof Answer.OnTrial trial) {
                json.writeStringField("answer", "on-trial");
                json.writeStringField("id", trial.id());
                json.writeNumberField("confirmWithinMillis", trial.confirmWithin().toMillis());
              } else if (answer instanceof Answer.Refused refused) {
                json.writeStringField("answer", "refused");
                problems(json, refused.problems());
              }
              json.writeEndObject();
            }));
  }

  private static void version(JsonGenerator json, Version version) throws IOException {
    json.writeNumberField("number", version.number());
    json.writeNumberField("time", version.time().toEpochMilli());
    json.writeBooleanField("timeTrusted", version.timeTrusted());
    json.writeStringField("author", version.author());
    json.writeStringField("reason", version.reason());
    json.writeStringField("sha256", version.sha256());
  }

  private static void problems(JsonGenerator json, List<String> problems) throws IOException {
    json.writeArrayFieldStart("problems");
    for (String problem : problems) {
      json.writeString(problem);
    }
    json.writeEndArray();
  }

  private void trial(JsonGenerator json) throws IOException {
    Optional<Configuration.Trial> trial = configuration.trial();
    if (trial.isEmpty()) {
      json.writeNullField("trial");
      return;
    }
    json.writeObjectFieldStart("trial");
    json.writeStringField("id", trial.get().change().id());
    json.writeStringField("author", trial.get().change().author());
    json.writeStringField("reason", trial.get().change().reason());
    json.writeNumberField("remainingMillis", trial.get().remaining().toMillis());
    json.writeEndObject();
  }
}
