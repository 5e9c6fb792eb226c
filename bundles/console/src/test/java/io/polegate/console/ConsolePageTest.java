package io.polegate.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.polegate.api.command.CommandStatus;
import io.polegate.api.data.BadReason;
import io.polegate.api.data.Value;
import io.polegate.api.journal.JournalStatus;
import io.polegate.api.live.UplinkStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser. */
final class ConsolePageTest {
  @SuppressWarnings("NullAway.Init")
  private static Chromium chromium;

  @SuppressWarnings("NullAway.Init")
  private static RunningConsole console;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private static Path folder;

  private static final FakeGateway gateway = new FakeGateway();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requested = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // set by open, which each test calls first
  private BrowserContext context;

  @SuppressWarnings("NullAway.Init")
  private Page page;

  @BeforeAll
  static void openBrowser() throws Exception {
    console = RunningConsole.start(gateway, folder.resolve("first"));
    chromium = new Chromium();
  }

  @AfterAll
  static void closeBrowser() throws Exception {
    chromium.close();
    console.stop();
  }

  @BeforeEach
  void reset() {
    gateway.reset();
  }

  @AfterEach
  void closeContext() {
    context.close();
  }

  private void open(int width, int height, String language, ColorScheme colors) {
    context = chromium.context(width, height, language, colors);
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(request -> requested.add(request.url()));
    page.navigate(console.uri("/").toString());
    assertThat(device("lamp-1")).isVisible();
  }

  @ParameterizedTest
  @CsvSource({"360, 740, LIGHT", "360, 740, DARK", "1280, 800, LIGHT", "1280, 800, DARK"})
  void everythingIsShownWithoutScrollingSideways(int width, int height, ColorScheme colors) {
    trouble();
    open(width, height, "zh-CN", colors);
    assertThat(page.locator("h1")).hasText("渝北区新溉大道417号杆");
    assertThat(page.locator("header .id")).hasText("CQ-YB-000417");
    assertThat(point("lamp-1", "level").locator(".value")).hasText("62.5%");
    assertThat(point("water-1", "depth")).containsText("传感器故障");
    assertThat(device("manhole-1")).containsText("离线");
    assertThat(page.locator("[data-bus='rs485-2']")).containsText("/dev/ttyS2");
    assertThat(page.locator("[data-uplink='city']")).containsText("1,240");
    assertThat(page.locator("[data-journal]")).containsText("256 MB");
    screenshot("page-" + width + "-" + colors.name().toLowerCase(Locale.ROOT));
    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(overflow).isEqualTo(0);
    assertThat(smallTargets()).isEmpty();
    assertThat(complaints).isEmpty();
  }

  @Test
  void changedValuesArriveByThemselves() {
    open(360, 740, "en", ColorScheme.LIGHT);
    assertThat(point("lamp-1", "power").locator(".value")).hasText("87.34W");
    assertThat(point("manhole-1", "open").locator(".value")).hasText("No");
    gateway.good("lamp-1", "power", new Value.Real(44.5));
    assertThat(point("lamp-1", "power").locator(".value")).hasText("44.5W");
    gateway.bad("lamp-1", "power", BadReason.OUT_OF_RANGE, "9999");
    assertThat(point("lamp-1", "power")).containsText("Outside the plausible range");
    gateway.silence("env-1", "no answer within 500 ms");
    assertThat(device("env-1")).containsText("Offline");
    assertThat(device("env-1")).containsText("no answer within 500 ms");
    assertThat(device("env-1")).containsText("4 failures in a row");
    assertThat(complaints).isEmpty();
  }

  @Test
  void agesCountOnWithoutMessages() {
    open(360, 740, "en", ColorScheme.LIGHT);
    Locator age = point("meter-1", "energy").locator(".age");
    assertThat(age).containsText("2 s ago", new ContainsTextOptions().setTimeout(10_000));
    assertThat(age).containsText("4 s ago", new ContainsTextOptions().setTimeout(10_000));
  }

  @Test
  void languageFollowsTheBrowserThenThePersonAndIsRemembered() {
    trouble();
    open(360, 740, "zh-CN", ColorScheme.LIGHT);
    assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
    assertNoRawKey();
    page.locator("button.language").click();
    assertThat(page.locator("h1")).hasText("Xingai Avenue 417");
    assertThat(page.locator("html")).hasAttribute("lang", "en");
    assertThat(point("water-1", "depth")).containsText("Sensor fault");
    assertNoRawKey();
    page.reload();
    assertThat(page.locator("h1")).hasText("Xingai Avenue 417");
    assertThat(complaints).isEmpty();
  }

  @Test
  void numberIsSetAfterAskingAndTheResultIsShown() {
    open(360, 740, "en", ColorScheme.LIGHT);
    Locator level = point("lamp-1", "level");
    level.locator("input").fill("140");
    level.getByText("Set").click();
    assertThat(level).containsText("Outside the allowed range");
    level.locator("input").fill("bright");
    level.getByText("Set").click();
    assertThat(level).containsText("Enter a number");
    level.locator("input").fill("40");
    level.locator("input").press("Enter");
    assertThat(page.locator("dialog")).containsText("Set “Level” of “Lamp controller” to 40 %?");
    screenshot("page-confirm");
    page.getByText("Cancel").click();
    assertThat(page.locator("dialog")).hasCount(0);
    assertThat(gateway.commands()).isEmpty();
    level.getByText("Set").click();
    page.getByText("Yes, do it").click();
    assertThat(level.locator(".outcome")).hasText("Done · reads back 40 %");
    assertThat(level.locator(".value")).hasText("40%");
    assertThat(gateway.commands()).hasSize(1);
    assertThat(complaints).isEmpty();
  }

  @Test
  void switchIsTurnedAfterAskingAndFailureIsToldInWords() {
    open(1280, 800, "zh-CN", ColorScheme.DARK);
    Locator relay = point("lamp-1", "relay");
    assertThat(relay.locator("button").first()).hasAttribute("aria-pressed", "true");
    relay.locator("button").last().click();
    assertThat(page.locator("dialog")).containsText("将“单灯控制器”的“灯具电源”设为 关？");
    page.getByText("确认执行").click();
    assertThat(relay.locator(".outcome")).containsText("已执行 · 回读 关");
    assertThat(relay.locator("button").last()).hasAttribute("aria-pressed", "true");
    gateway.endWith(CommandStatus.UNCONFIRMED);
    relay.locator("button").first().click();
    page.getByText("确认执行").click();
    assertThat(relay.locator(".outcome")).containsText("结果未确认，请查看现场");
    assertThat(gateway.commands().get(1).value()).isEqualTo(new Value.Bool(true));
    assertThat(complaints).isEmpty();
  }

  @Test
  void pageFindsTheGatewayAgainAfterItsRestart() throws Exception {
    open(360, 740, "en", ColorScheme.LIGHT);
    assertThat(page.locator("#link")).hasAttribute("data-link", "live");
    console.stop();
    assertThat(page.locator("#link")).hasAttribute("data-link", "lost");
    assertThat(page.locator("[role=alert]")).containsText("No link to the gateway");
    screenshot("page-lost");
    gateway.good("meter-1", "voltage", new Value.Real(219.5));
    console = RunningConsole.start(gateway, folder.resolve("second"), console.port());
    page.waitForCondition(
        () -> "live".equals(page.locator("#link").getAttribute("data-link")),
        new Page.WaitForConditionOptions().setTimeout(30_000));
    assertThat(point("meter-1", "voltage").locator(".value")).hasText("219.5V");
    // the only complaints are about the gateway that was away
    assertThat(complaints).allMatch(text -> text.contains("net::ERR"));
  }

  @Test
  void firstLoadIsSmallAndAllFromTheGateway() {
    open(360, 740, "en", ColorScheme.LIGHT);
    Object bytes =
        page.evaluate(
            "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
                + ".reduce((sum, entry) => sum + entry.transferSize, 0)");
    assertThat(((Number) bytes).intValue()).isBetween(1, 70_000);
    assertThat(requested).allMatch(url -> url.startsWith(console.uri("/").toString()));
  }

  private void trouble() {
    gateway.bad("water-1", "depth", BadReason.SENSOR_FAULT, "sensor reports 65535");
    gateway.silence("manhole-1", "no answer within 500 ms");
    gateway.breakBus("rs485-2", "cannot open /dev/ttyS2: no such device");
    gateway.setUplinks(
        List.of(
            new UplinkStatus(
                "city", false, Optional.of(Duration.ofMinutes(12)), 1_240, "connection refused")));
    gateway.setJournal(
        new JournalStatus(48_213, 41_800_000, 256_000_000, Map.of("city", 1_240L), 17, ""));
  }

  private Locator device(String id) {
    return page.locator("[data-device='" + id + "']");
  }

  private Locator point(String device, String id) {
    return device(device).locator("[data-point='" + id + "']");
  }

  private void assertNoRawKey() {
    assertThat(page.locator("body").innerText())
        .doesNotContainPattern("\\b[a-z]+\\.[a-z]+[A-Za-z.-]*\\b(?<!PM2\\.5)")
        .doesNotContain("undefined", "null", "NaN", "{", "[object");
  }

  /** Buttons and inputs that a gloved finger would miss. */
  private List<?> smallTargets() {
    return (List<?>)
        page.evaluate(
            "[...document.querySelectorAll('button,input')].filter(e =>"
                + " e.getBoundingClientRect().height < 44).map(e => e.outerHTML)");
  }

  private void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", name + ".png"))
            .setFullPage(!name.endsWith("confirm")));
  }
}
