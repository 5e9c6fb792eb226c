package io.polegate.config;

import io.polegate.api.config.Configuration.Answer;
import io.polegate.api.config.Configuration.Version;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came of the last changes, by id, over restarts. Of each it is the end that counts: kept,
 * unchanged or refused. Thread-safe.
 */
final class Answers {
  static final int KEPT = 100;
  private static final int MAX_PROBLEMS = 20;
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private final Path file;
  private final Map<String, Answer> answers = new LinkedHashMap<>();

  private Answers(Path file) {
    this.file = file;
  }

  /**
   * Reads what is there; a damaged file is as good as none.
   *
   * @param damage is told of that
   */
  static Answers open(Path file, Consumer<String> damage) {
    Answers answers = new Answers(file);
    try {
      answers.load(Sealed.read(file));
    } catch (NoSuchFileException e) {
      LOG.debug("no change yet", e);
    } catch (IOException e) {
      LOG.debug("answers are lost", e);
      damage.accept("the answers to earlier changes are lost: " + e.getMessage());
    }
    return answers;
  }

  synchronized Optional<Answer> find(String id) {
    return Optional.ofNullable(answers.get(id));
  }

  /** Remembers an answer; one that cannot be written is remembered until the next restart. */
  synchronized void remember(String id, Answer answer) {
    answers.remove(id);
    answers.put(id, shortened(answer));
    if (answers.size() > KEPT) {
      answers.remove(answers.keySet().iterator().next());
    }
    try {
      Sealed.write(file, texts());
    } catch (IOException e) {
      LOG.error("the answer to change \"{}\" is not on disk", id, e);
    }
  }

  private static Answer shortened(Answer answer) {
    if (answer instanceof Answer.Refused refused && refused.problems().size() > MAX_PROBLEMS) {
      return new Answer.Refused(refused.problems().subList(0, MAX_PROBLEMS));
    }
    return answer;
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    int place = 0;
    for (Map.Entry<String, Answer> entry : answers.entrySet()) {
      String start = "%03d.".formatted(place++);
      texts.put(start + "id", entry.getKey());
      texts(entry.getValue()).forEach((key, text) -> texts.put(start + key, text));
    }
    return texts;
  }

  private static Map<String, String> texts(Answer answer) {
    if (answer instanceof Answer.Refused refused) {
      return Map.of("problems", String.join("\n", refused.problems()));
    }
    if (answer instanceof Answer.Kept kept) {
      return version("kept", kept.version());
    }
    if (answer instanceof Answer.Unchanged unchanged) {
      return version("unchanged", unchanged.version());
    }
    throw new IllegalArgumentException("a trial is no end");
  }

  private static Map<String, String> version(String kind, Version version) {
    Map<String, String> texts = new TreeMap<>(VersionText.of(version));
    // the history has it, as long as it keeps the version
    texts.remove("diff");
    texts.put("kind", kind);
    return texts;
  }

  private void load(Map<String, String> texts) throws DamagedException {
    for (int place = 0; texts.containsKey("%03d.id".formatted(place)); place++) {
      String start = "%03d.".formatted(place);
      Map<String, String> own = new TreeMap<>();
      texts.forEach(
          (key, text) -> {
            if (key.startsWith(start)) {
              own.put(key.substring(start.length()), text);
            }
          });
      answers.put(own.getOrDefault("id", ""), answer(own));
    }
  }

  private static Answer answer(Map<String, String> texts) throws DamagedException {
    return switch (texts.getOrDefault("kind", "")) {
      case "kept" -> new Answer.Kept(VersionText.read(texts));
      case "unchanged" -> new Answer.Unchanged(VersionText.read(texts));
      default -> new Answer.Refused(List.of(texts.getOrDefault("problems", "").split("\n", -1)));
    };
  }
}
