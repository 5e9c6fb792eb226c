package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of a running gateway. */
final class LiveSecretsTest {
  @TempDir private Path folder;
  private TestPole pole;

  @BeforeEach
  void aPoleWithASecret() throws IOException {
    pole = new TestPole(folder);
    commandLine().put("city", "one");
    pole.write("pole: {id: A}\ncloud: {c: {url: \"tcp://b:1\", password: \"${secret:city}\"}}\n");
    assertThat(pole.run()).isZero();
  }

  private SecretFile commandLine() {
    return new SecretFile(pole.config, pole.data, Map.of(), damage -> {});
  }

  @Test
  void settingASecretAppliesTheDocumentAgain() throws IOException {
    pole.secrets().put("city", "two");
    assertThat(pole.applied).hasSize(2);
    assertThat(commandLine().find("city")).hasValue("two");
  }

  @Test
  void aSecretThatIsNamedStaysAndAnotherGoes() throws IOException {
    pole.secrets().put("other", "x");
    assertThat(pole.secrets().names()).containsExactly("city", "other");
    assertThatThrownBy(() -> pole.secrets().remove("city"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("city");
    pole.secrets().remove("other");
    assertThat(pole.secrets().names()).containsExactly("city");
  }

  @Test
  void whatTheCommandLineWroteIsTakenAtTheNextLookAndOnlyThen() throws IOException {
    pole.secrets().look();
    assertThat(pole.applied).hasSize(1);
    commandLine().put("city", "two");
    pole.secrets().look();
    assertThat(pole.applied).hasSize(2);
    pole.secrets().look();
    assertThat(pole.applied).hasSize(2);
  }
}
