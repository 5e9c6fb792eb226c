package io.polegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.BadReason;
import io.polegate.api.live.DeviceStatus;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words of the page, in both languages. */
final class LanguagesTest {
  @TempDir Path folder;

  @Test
  void bothLanguagesSayEverythingThatTheGatewayCanSay() throws Exception {
    RunningConsole console = RunningConsole.start(new FakeGateway(), folder);
    try (Chromium chromium = new Chromium();
        BrowserContext context = chromium.context(360, 740, "en", ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate(console.uri("/").toString());
      assertSaysEverything(messages(page, "zh"), messages(page, "en"));
    } finally {
      console.stop();
    }
  }

  private static void assertSaysEverything(
      Map<String, String> chinese, Map<String, String> english) {
    assertThat(List.copyOf(chinese.keySet())).isEqualTo(List.copyOf(english.keySet()));
    List<String> words =
        Stream.of(
                Arrays.stream(BadReason.values()).map(reason -> "bad." + reason.wireName()),
                Arrays.stream(DeviceStatus.State.values())
                    .map(state -> "state." + state.name().toLowerCase(Locale.ROOT)),
                Arrays.stream(CommandStatus.values()).map(status -> "command." + status.wireName()))
            .flatMap(keys -> keys)
            .toList();
    assertThat(english.keySet()).containsAll(words);
    chinese.forEach(
        (key, text) ->
            assertThat(parameters(text))
                .as(key)
                .isEqualTo(parameters(english.getOrDefault(key, ""))));
    assertThat(english.values()).noneMatch(String::isBlank);
    assertThat(chinese.values()).noneMatch(String::isBlank);
  }

  private static Map<String, String> messages(Page page, String language) {
    Map<String, String> messages = new LinkedHashMap<>();
    Object found = page.evaluate("l => import('/i18n.js').then(m => m.messages[l])", language);
    ((Map<?, ?>) found).forEach((key, text) -> messages.put(key.toString(), text.toString()));
    return messages;
  }

  private static List<String> parameters(String message) {
    return Arrays.stream(message.split("(?=\\{)|(?<=\\})"))
        .filter(part -> part.startsWith("{"))
        .sorted()
        .toList();
  }
}
