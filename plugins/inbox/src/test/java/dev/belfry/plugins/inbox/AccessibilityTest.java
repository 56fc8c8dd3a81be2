package dev.belfry.plugins.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRuleOptions;
import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("soak")
class AccessibilityTest {

    /** WCAG 2.5.3; axe calls it experimental and leaves it out by default. */
    private static final String NAME_HAS_VISIBLE_TEXT = "label-content-name-mismatch";

    private static Browser browser;
    private static TestHost host;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        host = TestHost.with(InboxPlugin.class)
                .andPlugin(NotificationsPlugin.class)
                .inMemory()
                .user("reader")
                .user("nobody")
                .user("collector")
                .start();
        Letters letters = new Letters(host);
        letters.send("reader", 3);
        letters.send("collector", 120);
        letters.send(Map.of(
                "title", "With everything",
                "message", "A message of some words.",
                "origin", "ci",
                "topic", "builds",
                "targetUsers", List.of("default/reader"),
                "actions", List.of(Map.of("title", "Open", "url", "https://example.com/"))));
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,1280", "DARK,1280", "LIGHT,360", "DARK,360"})
    void axeFindsNothing(ColorScheme scheme, int width) {
        NewContextOptions options =
                new NewContextOptions().setColorScheme(scheme).setViewportSize(width, 800);
        try (Visitor visitor = Visitor.of(host, browser, "reader", options).visit("/notifications/")) {
            visitor.items().first().waitFor();
            requireNothing(visitor);
            visitor.items().first().locator("h2 button").click();
            visitor.items().first().locator("input").check();
            requireNothing(visitor);
            for (String dialog : List.of("Send", "Settings", "Keyboard shortcuts")) {
                visitor.page()
                        .locator("header [aria-label='%s']".formatted(dialog))
                        .click();
                visitor.page().locator("dialog .body").waitFor();
                requireNothing(visitor);
                visitor.page().keyboard().press("Escape");
            }
            visitor.page().locator("#tab-system").click();
            visitor.page().locator(".state").waitFor();
            requireNothing(visitor);
            visitor.page().navigate(host.uri("/notifications/example").toString());
            visitor.page().locator("#bell").click();
            visitor.page().locator("#panel .item").first().waitFor();
            requireNothing(visitor);
        }
    }

    @Test
    void axeFindsNothingWhereTheBellHasMoreUnreadNotificationsThanItShows() {
        try (Visitor visitor = Visitor.of(host, browser, "collector")) {
            visitor.page().navigate(host.uri("/notifications/example").toString());
            assertThat(visitor.page().locator("#bell .badge")).hasText("99+");
            assertThat(visitor.page().locator("#bell")).hasAccessibleName("Notifications, 99+ unread");
            assertThat(visitor.page().locator("#bell")).hasAttribute("title", "120 unread");
            visitor.items().first().waitFor();
            requireNothing(visitor);
        }
    }

    private static void requireNothing(Visitor visitor) {
        AxeRuleOptions enabled = new AxeRuleOptions();
        enabled.setEnabled(true);
        AxeRunOptions options = new AxeRunOptions();
        options.setRules(Map.of(NAME_HAS_VISIBLE_TEXT, enabled));
        assertThat(new AxeBuilder(visitor.page()).options(options).analyze().getViolations())
                .as("violations that axe finds")
                .map(violation -> violation.getId() + ": "
                        + violation.getNodes().stream()
                                .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                .toList())
                .isEmpty();
    }
}
