package dev.belfry.plugins.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Route;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboxPageTest {

    private static Browser browser;
    private static TestHost host;
    private static Letters letters;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        TestHost.Builder builder = TestHost.with(InboxPlugin.class)
                .andPlugin(NotificationsPlugin.class)
                .inMemory();
        List.of(
                        "lists",
                        "live",
                        "filters",
                        "marks",
                        "all",
                        "selects",
                        "keys",
                        "address",
                        "single",
                        "scrolls",
                        "languages",
                        "fails",
                        "offline",
                        "unsaved",
                        "shown")
                .forEach(builder::user);
        host = builder.start();
        letters = new Letters(host);
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
            browser.close();
        }
    }

    @Test
    void showsTheNewestNotificationsWithAllTheirParts() {
        letters.send("lists", "An older one");
        letters.send(Map.of(
                "title", "Build failed",
                "message", "Three tests failed.",
                "origin", "ci",
                "topic", "builds",
                "targetUsers", List.of("default/lists"),
                "actions", List.of(Map.of("title", "Open build", "url", "https://ci.example/1"))));
        try (Visitor visitor = visit("lists", "/notifications/")) {
            assertThat(visitor.items()).hasCount(2);
            assertThat(visitor.items().first()).containsText("Build failed");
            assertThat(visitor.items().first()).containsText("Three tests failed.");
            assertThat(visitor.items().first().locator(".chip")).hasText(new String[] {"ci", "builds"});
            assertThat(visitor.items().first().locator("a")).hasAttribute("href", "https://ci.example/1");
            assertThat(visitor.items().first().locator("time")).hasAttribute("title", Pattern.compile(".*20\\d\\d.*"));
            assertThat(visitor.page().locator("#tab-user .badge")).containsText("2");
            assertThat(visitor.page()).hasTitle("(2) Notifications");
        }
    }

    @Test
    void arrivalsAndMarksOfAnotherWindowAreShownByTheStream() {
        try (Visitor here = visit("live", "/notifications/");
                Visitor there = visit("live", "/notifications/")) {
            here.page()
                    .waitForResponse(
                            response ->
                                    response.url().contains("/api/notifications/stream") && response.status() == 200,
                            here.page()::reload);
            letters.send("live", "It rings");
            assertThat(here.item("It rings")).hasCount(1);
            assertThat(there.item("It rings")).hasCount(1);
            assertThat(here.page()).hasTitle("(1) Notifications");

            there.item("It rings").hover();
            there.item("It rings").locator("[aria-label='Mark as read']").click();
            assertThat(here.page().locator(".item.unread")).hasCount(0);
            assertThat(here.page()).hasTitle("Notifications");
        }
    }

    @Test
    void filtersAreInTheAddressAndSurviveAReload() {
        letters.send("filters", "Apple");
        letters.send("filters", "Pear");
        try (Visitor visitor = visit("filters", "/notifications/")) {
            visitor.page().locator("#search").fill("appl");
            assertThat(visitor.items()).hasCount(1);
            assertThat(visitor.page()).hasURL(Pattern.compile(".*[?]text=appl"));
            visitor.button("Read").waitFor();
            visitor.page().locator(".segments button").nth(2).click();
            assertThat(visitor.page().locator(".state")).containsText("Nothing matches");

            visitor.page().reload();
            assertThat(visitor.page().locator("#search")).hasValue("appl");
            assertThat(visitor.page().locator(".state")).containsText("Nothing matches");

            visitor.page().goBack();
            assertThat(visitor.items()).hasCount(1);
            visitor.page().locator("header h1 a").click();
            assertThat(visitor.items()).hasCount(2);
            visitor.page().locator("select[aria-label='Sort by']").selectOption("title");
            assertThat(visitor.items().first()).containsText("Pear");
            visitor.page().locator(".order button").click();
            assertThat(visitor.items().first()).containsText("Apple");
        }
    }

    @Test
    void aMarkIsShownAtOnceAndCanBeUndone() {
        letters.send("marks", "Mark me");
        try (Visitor visitor = visit("marks", "/notifications/")) {
            visitor.item("Mark me").hover();
            visitor.item("Mark me").locator("[aria-label='Mark as read']").click();
            assertThat(visitor.page().locator(".item.unread")).hasCount(0);
            assertThat(visitor.page().locator("#tab-user .badge")).hasCount(0);
            assertThat(visitor.page().locator(".toast")).containsText("Marked 1 notification as read");
            visitor.page().locator("#undo").click();
            assertThat(visitor.page().locator(".item.unread")).hasCount(1);
            assertThat(visitor.page()).hasTitle("(1) Notifications");
        }
        assertThat(letters.unread("marks")).isEqualTo(1);
    }

    @Test
    void markingAllCanBeUndoneUntilItIsDismissed() {
        letters.send("all", 3);
        try (Visitor visitor = visit("all", "/notifications/")) {
            visitor.button("Mark all as read").click();
            assertThat(visitor.page().locator(".item.unread")).hasCount(0);
            visitor.page().locator("#undo").click();
            assertThat(visitor.page().locator(".item.unread")).hasCount(3);
            assertThat(letters.unread("all")).isEqualTo(3);

            visitor.button("Mark all as read").click();
            visitor.page()
                    .waitForResponse(
                            response -> response.url().contains("read-all"),
                            () -> visitor.page()
                                    .locator(".toast [aria-label='Dismiss']")
                                    .click());
            assertThat(letters.unread("all")).isZero();
        }
    }

    @Test
    void withAFilterOnlyTheNotificationsOfTheListAreMarked() {
        letters.send("shown", 3);
        for (String title : List.of("Build 1", "Build 2")) {
            letters.send(
                    Map.of("title", title, "origin", "ci", "topic", "builds", "targetUsers", List.of("default/shown")));
        }
        for (String filter : List.of("topic=builds", "origin=ci", "text=build", "text=build&show=unread&within=day")) {
            try (Visitor visitor = visit("shown", "/notifications/?" + filter)) {
                assertThat(visitor.items()).hasCount(2);
                visitor.button("Mark shown as read").click();
                assertThat(visitor.page().locator(".toast")).containsText("Marked 2 notifications as read");
                await().untilAsserted(() -> assertThat(letters.unread("shown")).isEqualTo(3));
                assertThat(visitor.button("Mark shown as read")).isDisabled();
                visitor.page().locator("#undo").click();
                await().untilAsserted(() -> assertThat(letters.unread("shown")).isEqualTo(5));
            }
        }
        try (Visitor visitor = visit("shown", "/notifications/?show=unread")) {
            visitor.button("Mark all as read").click();
            assertThat(visitor.page().locator(".toast")).containsText("Marked 5 notifications as read");
        }
        await().untilAsserted(() -> assertThat(letters.unread("shown")).isZero());
        try (Visitor visitor = visit("shown", "/notifications/?show=read")) {
            letters.send("shown", "Not in this list");
            assertThat(visitor.items()).hasCount(5);
            assertThat(visitor.page()).hasTitle("(1) Notifications");
            assertThat(visitor.button("Mark shown as read")).isDisabled();
        }
    }

    @Test
    void selectedNotificationsAreMarkedTogether() {
        letters.send("selects", 3);
        try (Visitor visitor = visit("selects", "/notifications/")) {
            visitor.item("Number 1").locator("input").check();
            visitor.item("Number 3").locator("input").check();
            assertThat(visitor.page().locator(".picked")).containsText("2 selected");
            visitor.page().locator(".picked").getByText("Mark as read").click();
            assertThat(visitor.page().locator(".item.unread")).hasCount(1);
            assertThat(visitor.page().locator(".item.unread")).containsText("Number 2");
        }
    }

    @Test
    void theKeyboardAloneIsEnough() {
        letters.send("keys", 3);
        try (Visitor visitor = visit("keys", "/notifications/")) {
            visitor.page().keyboard().press("j");
            visitor.page().keyboard().press("j");
            visitor.page().keyboard().press("k");
            visitor.page().keyboard().press("j");
            visitor.page().keyboard().press("u");
            assertThat(visitor.item("Number 2")).not().hasClass(Pattern.compile(".*unread.*"));
            visitor.page().keyboard().press("j");
            visitor.page().keyboard().press("Enter");
            assertThat(visitor.item("Number 1").locator("h2 button")).hasAttribute("aria-expanded", "true");
            visitor.page().keyboard().press("/");
            assertThat(visitor.page().locator("#search")).isFocused();
            visitor.page().keyboard().press("Escape");
            visitor.page().keyboard().press("?");
            assertThat(visitor.page().locator("dialog")).containsText("Keyboard shortcuts");
            visitor.page().keyboard().press("Escape");
            assertThat(visitor.page().locator("dialog")).hasCount(0);
        }
    }

    @Test
    void eachNotificationHasAnAddress() {
        String id = letters.send("single", "The one");
        letters.send("single", "Another one");
        try (Visitor visitor = visit("single", "/notifications/" + id)) {
            assertThat(visitor.items()).hasCount(1);
            assertThat(visitor.items()).containsText("The one");
            visitor.button("All notifications").click();
            assertThat(visitor.items()).hasCount(2);
            assertThat(visitor.page()).hasURL(host.uri("/notifications/").toString());
        }
        try (Visitor visitor = visit("lists", "/notifications/" + id)) {
            assertThat(visitor.page().locator(".state")).containsText("No such notification");
            // The browser itself reports the 404.
            visitor.forgive();
        }
    }

    @Test
    void scrollingLoadsMoreUntilTheEnd() {
        letters.send("scrolls", 120);
        try (Visitor visitor = visit("scrolls", "/notifications/")) {
            visitor.items().first().waitFor();
            visitor.item("Number 71").scrollIntoViewIfNeeded();
            assertThat(visitor.items()).hasCount(100);
            visitor.items().last().scrollIntoViewIfNeeded();
            assertThat(visitor.items()).hasCount(120);
            assertThat(visitor.page().locator("#more")).hasCount(0);
        }
    }

    @Test
    void thePageSpeaksTheLanguageOfTheBrowser() {
        letters.send("languages", 2);
        letters.send("languages", "Guten Tag");
        try (Visitor visitor = Visitor.of(host, browser, "languages", new NewContextOptions().setLocale("de-CH"))
                .visit("/notifications/")) {
            assertThat(visitor.page().locator("h1")).hasText("Benachrichtigungen");
            assertThat(visitor.page().locator("html")).hasAttribute("lang", "de-CH");
            visitor.item("Guten Tag").hover();
            visitor.item("Guten Tag")
                    .locator("[aria-label='Als gelesen markieren']")
                    .click();
            assertThat(visitor.page().locator(".toast")).containsText("1 Benachrichtigung als gelesen markiert");
            visitor.button("Alle als gelesen markieren").click();
            assertThat(visitor.page().locator(".toast")).containsText("2 Benachrichtigungen als gelesen markiert");
        }
    }

    @Test
    void aFailureIsShownAndTriedAgain() {
        try (Visitor visitor = Visitor.of(host, browser, "fails")) {
            visitor.page()
                    .route(
                            "**/notifications/notifications?*",
                            route -> route.fulfill(new Route.FulfillOptions()
                                    .setStatus(500)
                                    .setBody("{\"error\":{\"message\":\"internal error under request id 17\"}}")));
            visitor.visit("/notifications/");
            assertThat(visitor.page().locator(".state")).containsText("request id 17");
            visitor.forgive();
            visitor.page().unrouteAll();
            visitor.button("Try again").click();
            assertThat(visitor.page().locator(".state")).containsText("You are all caught up");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "en, The change was not saved. Try again, No connection. Try again",
        "de, Die Änderung wurde nicht gespeichert. Versuchen Sie, Keine Verbindung. Versuchen Sie"
    })
    void aRequestThatTheNetworkLosesIsReportedInTheLanguageOfTheBrowser(
            String locale, String unsaved, String unreachable) {
        String id = letters.send("unsaved", "Keep me");
        try (Visitor visitor = Visitor.of(host, browser, "unsaved", new NewContextOptions().setLocale(locale))
                .visit("/notifications/")) {
            visitor.items().first().waitFor();
            visitor.page().route("**/notifications/read?*", Route::abort);
            visitor.page().route("**/notifications/read-all?*", Route::abort);
            visitor.page().keyboard().press("j");
            visitor.page().keyboard().press("u");
            assertThat(visitor.page().locator(".toast")).containsText(unsaved);
            assertThat(visitor.items().first()).hasClass(Pattern.compile(".*unread.*"));

            visitor.page().locator(".picked .end button").click();
            visitor.page().locator("#undo").waitFor();
            visitor.page().locator(".toast .icon").click();
            assertThat(visitor.page().locator(".toast")).containsText(unsaved);
            assertThat(visitor.items().first()).hasClass(Pattern.compile(".*unread.*"));

            visitor.page().route("**/notifications/notifications/*", Route::abort);
            visitor.visit("/notifications/" + id);
            assertThat(visitor.page().locator(".state")).containsText(unreachable);
            visitor.forgive();
        }
    }

    @Test
    void aLostConnectionIsShownAndTheListReturns() {
        letters.send("offline", "Before");
        try (Visitor visitor = visit("offline", "/notifications/")) {
            visitor.items().first().waitFor();
            visitor.page().locator(".status.live").waitFor();
            visitor.context().setOffline(true);
            assertThat(visitor.page().locator(".banner")).containsText("No connection");
            visitor.page().locator("select[aria-label='Sort by']").selectOption("title");
            assertThat(visitor.page().locator(".state")).containsText("No connection");
            visitor.forgive();
            letters.send("offline", "Meanwhile");
            visitor.context().setOffline(false);
            assertThat(visitor.item("Meanwhile")).hasCount(1);
            assertThat(visitor.page().locator(".banner")).hasCount(0);
            visitor.forgive();
        }
    }

    private static Visitor visit(String user, String path) {
        return Visitor.of(host, browser, user).visit(path);
    }
}
