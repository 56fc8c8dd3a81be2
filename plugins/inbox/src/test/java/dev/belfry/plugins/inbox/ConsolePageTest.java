package dev.belfry.plugins.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host's console in a browser. It is tested here because the browser is. */
@Tag("soak")
class ConsolePageTest {

    private static final ContainsTextOptions PATIENTLY = new ContainsTextOptions().setTimeout(30_000);

    private static Browser browser;
    private static TestHost host;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        host = TestHost.with(InboxPlugin.class)
                .andPlugin(NotificationsPlugin.class)
                .inMemory()
                .user("operator")
                .start();
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
            browser.close();
        }
    }

    private static Visitor console(NewContextOptions options) {
        Visitor visitor = Visitor.of(host, browser, "operator", options);
        visitor.page().navigate(host.uri("/").toString());
        return visitor;
    }

    @Test
    void anOperatorDisablesEnablesAndRestartsAPlugin() {
        try (Visitor visitor = console(new NewContextOptions())) {
            Page page = visitor.page();
            Locator card = page.locator("#plugin-inbox");
            assertThat(card).containsText("running");
            card.locator("summary").click();

            page.onDialog(Dialog::accept);
            card.locator("#disable-inbox").click();
            assertThat(card).containsText("an operator has disabled it", PATIENTLY);
            assertThat(card.locator("details")).hasAttribute("open", "");
            card.locator("#enable-inbox").click();
            assertThat(card).containsText("running", PATIENTLY);
            card.locator("#restart-inbox").click();
            assertThat(card.locator("#restart-inbox")).isEnabled();
            assertThat(page.locator("#message")).isEmpty();
        }
    }

    @Test
    void thePageShowsWhatChangesElsewhere() {
        try (Visitor visitor = console(new NewContextOptions())) {
            Locator card = visitor.page().locator("#plugin-inbox");
            host.asService("operator").post("/api/host/plugins/inbox/disable");
            assertThat(card).containsText("disabled", PATIENTLY);
            host.asService("operator").post("/api/host/plugins/inbox/enable");
            assertThat(card).containsText("running", PATIENTLY);
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,1280", "DARK,1280", "LIGHT,360", "DARK,360"})
    void thePageIsAccessibleAndFits(ColorScheme scheme, int width) {
        NewContextOptions options =
                new NewContextOptions().setColorScheme(scheme).setViewportSize(width, 800);
        try (Visitor visitor = console(options)) {
            Page page = visitor.page();
            Optional.ofNullable(System.getProperty("belfry.pictures"))
                    .map(folder -> Path.of(
                            folder, "console-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width + "-en.png"))
                    .ifPresent(file -> page.screenshot(new Page.ScreenshotOptions().setPath(file)));
            page.locator("#plugin-notifications summary").click();

            assertThat(new AxeBuilder(page).analyze().getViolations())
                    .map(violation -> violation.getId() + ": " + violation.getNodes())
                    .isEmpty();
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();
        }
    }
}
