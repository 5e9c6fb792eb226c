package io.polegate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionsTest {
  @Test
  void everythingRunsWhenNothingIsSaid() {
    assertThat(Options.parse(List.of()))
        .isInstanceOfSatisfying(
            Options.Run.class,
            run -> {
              assertThat(run.names()).containsExactly(Options.Name.values());
              assertThat(run.scale()).isEqualTo(Scale.FULL);
            });
  }

  @Test
  void benchmarksRunInTheOrderNamed() {
    assertThat(Options.parse(List.of("pole", "append", "--short")))
        .isInstanceOfSatisfying(
            Options.Run.class,
            run -> {
              assertThat(run.names()).containsExactly(Options.Name.POLE, Options.Name.APPEND);
              assertThat(run.scale()).isEqualTo(Scale.SHORT);
            });
  }

  @Test
  void theBacklogCanBeChosen() {
    assertThat(Options.parse(List.of("drain", "--backlog", "1000000")))
        .isInstanceOfSatisfying(
            Options.Run.class, run -> assertThat(run.scale().drained()).isEqualTo(1_000_000));
    assertThat(Options.parse(List.of("--backlog", "many"))).isInstanceOf(Options.Wrong.class);
    assertThat(Options.parse(List.of("--backlog"))).isInstanceOf(Options.Wrong.class);
  }

  @Test
  void unknownWordsAreRefused() {
    assertThat(Options.parse(List.of("appendix")))
        .isEqualTo(new Options.Wrong("there is no benchmark \"appendix\""));
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    assertThat(Options.parse(List.of("--folder", "/no/such/folder")))
        .isInstanceOf(Options.Wrong.class);
    assertThat(Options.parse(List.of("--folder"))).isInstanceOf(Options.Wrong.class);
  }
}
