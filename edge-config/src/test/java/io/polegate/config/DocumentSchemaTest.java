package io.polegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What editors are told, judged by a validator of JSON schemas. */
final class DocumentSchemaTest {
  private static final JsonSchema DOCUMENT = schema(DocumentSchema.document(Checks.plugins()));
  private static final JsonSchema PROFILE = schema(DocumentSchema.profile(Checks.plugins()));

  private static JsonSchema schema(String text) {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
  }

  private static Set<ValidationMessage> problems(JsonSchema schema, String yaml) {
    Object data = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    JsonNode json = new ObjectMapper().valueToTree(data);
    return schema.validate(json);
  }

  @Test
  void theExampleIsRight() throws IOException {
    String example = Files.readString(Path.of("examples/pole.yaml"));
    assertThat(Checks.of(example).isGood()).isTrue();
    assertThat(problems(DOCUMENT, example)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown-keys",
        "missing-keys",
        "top-level-typos",
        "slow-point",
        "numbers-out-of-range",
        "wrong-shapes",
        "illegal-ids",
        "read-back",
        "wrong-values-of-the-driver"
      })
  void whatTheCheckRefusesForItsFormTheSchemaRefusesToo(String folder) throws IOException {
    String bad = Files.readString(Path.of("src/test/resources/cases", folder, "pole.yaml"));
    assertThat(problems(DOCUMENT, bad)).isNotEmpty();
  }

  @Test
  void secretsMayStandWherePluginsReadAndNowhereElse() {
    String with =
        "pole: {id: A}\nbuses: {line: {driver: modbus-rtu, port: p, baud: \"%s\", retry-limit: \"%s\"}}\n";
    assertThat(problems(DOCUMENT, with.formatted("${secret:baud}", "1m"))).isEmpty();
    assertThat(problems(DOCUMENT, with.formatted("9600", "${secret:limit}"))).isNotEmpty();
  }

  @Test
  void settingsOfOneDriverAreNoSettingsOfAnother() {
    String with = "pole: {id: A}\nbuses: {line: {driver: %s, port: 502, host: h}}\n";
    assertThat(problems(DOCUMENT, with.formatted("modbus-tcp"))).isEmpty();
    assertThat(problems(DOCUMENT, with.formatted("modbus-rtu"))).isNotEmpty();
  }

  @Test
  void profilesHaveASchemaOfTheirOwn() throws IOException {
    Path cases = Path.of("src/test/resources/cases");
    assertThat(
            problems(
                PROFILE, Files.readString(cases.resolve("profile-option/profiles/model.yaml"))))
        .isEmpty();
    assertThat(
            problems(
                PROFILE, Files.readString(cases.resolve("own-profile-wrong/profiles/model.yaml"))))
        .isNotEmpty();
  }

  @Test
  void theTextIsTheSameEachTime() {
    assertThat(List.of(DocumentSchema.document(Checks.plugins())))
        .containsExactly(DocumentSchema.document(Checks.plugins()));
  }
}
