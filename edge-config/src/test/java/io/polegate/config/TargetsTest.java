package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.ConfigurationTarget;
import io.polegate.api.config.JournalSpec;
import io.polegate.api.config.PoleSpec;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TargetsTest {
  private final Targets targets = new Targets();
  private final List<String> calls = new ArrayList<>();

  private ConfigurationTarget target(String name) {
    return spec -> calls.add(name + " " + spec.id());
  }

  private static Map<String, ?> service(int ranking, long id) {
    return Map.of("service.ranking", ranking, "service.id", id);
  }

  private static PoleSpec pole(String id) {
    return new PoleSpec(
        id,
        Map.of(),
        Optional.empty(),
        ZoneOffset.UTC,
        JournalSpec.DEFAULT,
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void higherRankingIsCalledFirstThenTheOlderService() {
    targets.add(target("console"), service(-10, 1));
    targets.add(target("cloud"), Map.of("service.id", 4L));
    targets.add(target("core"), service(0, 3));
    targets.add(target("buffer"), service(100, 9));

    targets.apply(pole("A"));

    assertThat(calls).containsExactly("buffer A", "core A", "cloud A", "console A");
  }

  @Test
  void aTargetThatComesLateGetsTheDocumentInForce() {
    targets.apply(pole("A"));
    targets.apply(pole("B"));

    targets.add(target("core"), service(0, 1));

    assertThat(calls).containsExactly("core B");
  }

  @Test
  void aTargetThatWentIsNotCalled() {
    ConfigurationTarget core = target("core");
    targets.add(core, service(0, 1));
    targets.remove(core);

    targets.apply(pole("A"));

    assertThat(calls).isEmpty();
  }

  @Test
  void aTargetThatFailsDoesNotKeepOthersFromWorking() {
    targets.add(
        spec -> {
          throw new IllegalStateException(spec.id());
        },
        service(100, 1));
    targets.add(target("core"), service(0, 2));

    targets.apply(pole("A"));

    assertThat(calls).containsExactly("core A");
  }
}
