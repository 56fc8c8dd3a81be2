package dev.belfry.plugins.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes the pictures of the documentation: {@code -Dtest.argLine=-Dbelfry.pictures=docs/pictures}. */
@EnabledIfSystemProperty(named = "belfry.pictures", matches = ".+")
class PicturesTest {

    @Test
    void takesThePicturesOfTheDocumentation() {
        Path folder = Path.of(Objects.requireNonNull(System.getProperty("belfry.pictures")));
        List<Path> taken = new ArrayList<>();
        try (Browser browser = Browser.start();
                TestHost host = TestHost.with(InboxPlugin.class)
                        .andPlugin(NotificationsPlugin.class)
                        .inMemory()
                        .user("newcomer")
                        .user("operator")
                        .guest()
                        .start()) {
            Letters letters = new Letters(host);
            sendSomething(letters);
            String single = letters.send(Map.of(
                    "title", "The deployment of shop 4.2 needs a decision",
                    "message", """
                            **Two of three** regions are done. The third one reports `disk full`.

                            > Shall we wait for the new disk?

                            - [The plan](https://wiki.example/plan)
                            - To stop: answer before 17:00""",
                    "format", "markdown",
                    "origin", "deployments",
                    "topic", "shop",
                    "targetUsers", List.of("default/operator"),
                    "actions",
                            List.of(
                                    Map.of("title", "Continue", "url", "/deployments/42/continue"),
                                    Map.of("title", "Stop", "url", "/deployments/42/stop"))));
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                for (int width : List.of(1280, 360)) {
                    for (String language : List.of("en", "de")) {
                        NewContextOptions options = new NewContextOptions()
                                .setColorScheme(scheme)
                                .setLocale(language)
                                .setViewportSize(width, 800);
                        String name = scheme.name().toLowerCase(java.util.Locale.ROOT) + "-" + width + "-" + language
                                + ".png";
                        try (Visitor visitor =
                                Visitor.of(host, browser, "ada", options).visit("/notifications/")) {
                            visitor.items().first().waitFor();
                            taken.add(take(visitor.page(), folder.resolve("inbox-" + name)));
                            taken.add(takeDialog(visitor.page(), 1, folder.resolve("send-" + name)));
                            taken.add(takeDialog(visitor.page(), 2, folder.resolve("settings-" + name)));
                            taken.add(takeDialog(visitor.page(), 3, folder.resolve("help-" + name)));
                        }
                        taken.addAll(takeStates(host, browser, options, single, folder, name));
                        try (Visitor visitor = Visitor.of(host, browser, "ada", options)) {
                            visitor.page()
                                    .navigate(host.uri("/notifications/example").toString());
                            visitor.page()
                                    .evaluate(
                                            "lang => document.querySelectorAll('belfry-bell, belfry-inbox')"
                                                    + ".forEach(element => element.lang = lang)",
                                            language);
                            visitor.page().locator("#bell").click();
                            visitor.page().locator("#panel .item").first().waitFor();
                            taken.add(take(visitor.page(), folder.resolve("bell-" + name)));
                        }
                    }
                }
            }
        }
        assertThat(taken).hasSize(80).allMatch(file -> file.toFile().length() > 0);
    }

    /** The views of which a host with notifications shows none at first. */
    private static List<Path> takeStates(
            TestHost host, Browser browser, NewContextOptions options, String single, Path folder, String name) {
        List<Path> taken = new ArrayList<>();
        try (Visitor visitor = Visitor.of(host, browser, "operator", options).visit("/notifications/" + single)) {
            visitor.items().first().waitFor();
            taken.add(take(visitor.page(), folder.resolve("single-" + name)));
            visitor.page()
                    .navigate(host.uri("/sign-in?returnTo=/notifications/").toString());
            taken.add(take(visitor.page(), folder.resolve("sign-in-" + name)));
        }
        try (Visitor visitor = Visitor.of(host, browser, "newcomer", options)) {
            visitor.page()
                    .route(
                            "**/notifications/notifications?*",
                            route -> route.fulfill(new Route.FulfillOptions()
                                    .setStatus(500)
                                    .setBody("{\"error\":{\"message\":\"Internal error, see request id 7f3a91c2\"}}")));
            visitor.visit("/notifications/").page().locator(".state").waitFor();
            taken.add(take(visitor.page(), folder.resolve("failed-" + name)));
            visitor.page().unrouteAll();
            visitor.visit("/notifications/").page().locator(".state").waitFor();
            taken.add(take(visitor.page(), folder.resolve("empty-" + name)));
            visitor.page().locator(".status.live").waitFor();
            visitor.context().setOffline(true);
            visitor.page().locator("#tab-system").click();
            visitor.page().locator(".state button").waitFor();
            taken.add(take(visitor.page(), folder.resolve("offline-" + name)));
            visitor.forgive();
        }
        return taken;
    }

    private static Path take(Page page, Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
        return file;
    }

    /** @param button the number of the button in the header that opens the dialog */
    private static Path takeDialog(Page page, int button, Path file) {
        page.locator("header button").nth(button - 1).click();
        page.locator("dialog .body").waitFor();
        Path taken = take(page, file);
        page.keyboard().press("Escape");
        page.locator("dialog").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        return taken;
    }

    private static void sendSomething(Letters letters) {
        send(
                letters,
                "Invoice 2026-1187 needs your approval",
                "Northwind Office Supplies, 1,240.00 EUR. Due on December 12.",
                "billing",
                "invoices",
                "Approve",
                "/invoices/1187");
        send(letters, "You were added to the team Payments", null, "directory", "teams", null, null);
        send(
                letters,
                "Nightly backup finished",
                "48 GB in 21 minutes. All checks passed.",
                "backup",
                "operations",
                null,
                null);
        send(
                letters,
                "Lin mentioned you in “Release checklist”",
                "@ada can you look at the last two items before noon?",
                "wiki",
                "mentions",
                "Open page",
                "https://wiki.example/release");
        send(
                letters,
                "Certificate of shop.example expires in 14 days",
                "Renew it before December 13 to avoid an interruption.",
                "monitoring",
                "certificates",
                "Renew",
                "https://ca.example/renew");
        send(
                letters,
                "Build 4812 of main failed",
                "3 of 1,904 tests failed: CheckoutTest, RefundTest, LedgerTest.",
                "ci",
                "builds",
                "Open build",
                "https://ci.example/builds/4812");
        letters.send(Map.of("title", "Maintenance on Sunday, 22:00 to 23:00", "origin", "operations"));
    }

    private static void send(
            Letters letters,
            String title,
            @Nullable String message,
            String origin,
            String topic,
            @Nullable String action,
            @Nullable String url) {
        Map<String, Object> notification = new java.util.LinkedHashMap<>(
                Map.of("title", title, "origin", origin, "topic", topic, "targetUsers", List.of("default/ada")));
        if (message != null) {
            notification.put("message", message);
        }
        if (action != null && url != null) {
            notification.put("actions", List.of(Map.of("title", action, "url", url)));
        }
        letters.send(notification);
    }
}
