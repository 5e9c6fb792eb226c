package io.polegate.dist;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import io.polegate.testkit.modbus.Fault;
import io.polegate.testkit.modbus.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console of the real gateway in a real browser; the page itself is tested in its own module.
 */
final class ConsoleIT {
  private static final List<String> FLAGS =
      List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run");
  private static final ContainsTextOptions PATIENTLY = new ContainsTextOptions().setTimeout(20_000);

  @TempDir Path folder;

  @Test
  void technicianSeesRegistersChangeAndADeviceFallSilent() throws Exception {
    try (SimulatedPole pole = new SimulatedPole();
        GatewayProcess gateway =
            GatewayProcess.start(folder, pole.document("500ms", "tcp://127.0.0.1:1"));
        Playwright playwright = Playwright.create();
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(FLAGS))) {
      Page page = browser.newPage(new Browser.NewPageOptions().setLocale("en"));
      page.navigate(gateway.uri("/").toString());
      Locator register = page.locator("[data-device='tcp-1'] [data-point='p7'] .value");
      assertThat(register).containsText("7", PATIENTLY);
      pole.tcpUnit.set(Table.INPUT, 7, 4711);
      assertThat(register).containsText("4,711", PATIENTLY);
      Objects.requireNonNull(pole.units.get(2)).fail(Fault.of(Fault.Kind.SILENCE));
      assertThat(page.locator("[data-device='unit-2']")).containsText("Offline", PATIENTLY);
      assertThat(page.locator("[data-device='unit-1']")).containsText("Online", PATIENTLY);
    }
  }
}
