package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.polegate.api.config.BusSpec;
import io.polegate.api.config.PoleSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What documents may name changes while one is in force. */
final class DocumentInForceTest {
  private static final String ONE = "pole: {id: A}\nbuses: {one: {driver: x, host: h}}\n";
  private static final String TWO = "pole: {id: A}\nbuses: {two: {driver: x, host: h}}\n";

  private final List<PoleSpec> applied = new ArrayList<>();
  private final List<FakeModbus> drivers = new ArrayList<>(List.of(FakeModbus.named("x")));
  private final DocumentInForce document =
      new DocumentInForce(this::check, this::apply, problems -> {});

  private Outcome check(String file, byte[] content) {
    return Checks.with(drivers.toArray(FakeModbus[]::new)).check(Path.of(file), content);
  }

  private List<String> apply(PoleSpec spec) {
    applied.add(spec);
    return List.of();
  }

  private void bring(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    Outcome outcome = check("pole.yaml", content);
    assertThat(outcome.problems()).isEmpty();
    assertThat(document.bring("pole.yaml", content, outcome)).isEmpty();
  }

  private List<String> buses() {
    return applied.get(applied.size() - 1).buses().stream().map(BusSpec::id).toList();
  }

  @Test
  void beforeTheFirstDocumentNothingHappens() {
    document.again();
    assertThat(applied).isEmpty();
  }

  @Test
  void whatIsInForceIsAppliedAgain() {
    bring(ONE);
    document.again();
    assertThat(applied).hasSize(2);
    assertThat(applied.get(1)).isEqualTo(applied.get(0));
  }

  @Test
  void anEarlierDocumentIsBroughtBack() {
    bring(ONE);
    DocumentInForce.Held before = document.held().orElseThrow();
    bring(TWO);
    document.restore(before);
    assertThat(buses()).containsExactly("one");
  }

  @Test
  void anEarlierDocumentIsBroughtBackEvenIfItWouldBeRefusedByNow() {
    bring(ONE);
    DocumentInForce.Held before = document.held().orElseThrow();
    bring("pole: {id: A}");
    drivers.clear();
    document.restore(before);
    assertThat(buses()).containsExactly("one");
  }
}
