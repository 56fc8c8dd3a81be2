package dev.belfry.plugins.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ReducedMotion;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees at a second look. */
@Tag("soak")
class PageDetailsTest {

    private static final String STREAM = "**/api/notifications/stream";

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
                        "texts",
                        "filters",
                        "keyboard",
                        "leaves",
                        "clock",
                        "batch",
                        "hears",
                        "polls",
                        "silent",
                        "tabs",
                        "loads",
                        "early",
                        "cut-504",
                        "cut-closed",
                        "returns",
                        "phone",
                        "narrow")
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

    private static Visitor visit(String user) {
        return Visitor.of(host, browser, user).visit("/notifications/");
    }

    private static Map<String, Object> letter(String user, String title, String origin, String topic) {
        return Map.of("title", title, "origin", origin, "topic", topic, "targetUsers", List.of("default/" + user));
    }

    @Test
    void markdownIsShownWhereTheSenderSaysSoAndAgeAndStateAreTexts() {
        String message = "**Bold** and `code`, [there](https://example.com/)\n\n> **Quoted**\n> words\n\n- one\n- two";
        letters.send(
                Map.of("title", "Plain", "message", message, "origin", "o", "targetUsers", List.of("default/texts")));
        letters.send(Map.of(
                "title", "Formatted",
                "message", message,
                "format", "markdown",
                "origin", "o",
                "targetUsers", List.of("default/texts")));
        try (Visitor visitor = visit("texts")) {
            Locator formatted = visitor.item("Formatted");
            assertThat(formatted.locator("p strong")).hasText("Bold");
            assertThat(formatted.locator("blockquote")).containsText("Quoted\nwords");
            assertThat(formatted.locator("code")).hasText("code");
            assertThat(formatted.locator(".message li")).hasText(new String[] {"one", "two"});
            assertThat(formatted.locator(".message a")).hasAttribute("href", "https://example.com/");
            assertThat(visitor.item("Plain").locator(".message")).containsText("**Bold** and `code`, [there](https");
            assertThat(visitor.item("Plain").locator(".message :is(strong, a, li)"))
                    .hasCount(0);

            assertThat(formatted.locator("time")).containsText("now");
            assertThat(formatted.locator("time .sr")).containsText(Pattern.compile("20\\d\\d.*:\\d\\d"));
            assertThat(formatted.locator("h2 .sr")).hasText("Unread: ");
            assertThat(formatted.locator("h2 button")).hasCSS("font-weight", "650");
            formatted.locator("h2 button").click();
            assertThat(formatted.locator("h2 .sr")).hasCount(0);
            assertThat(formatted.locator("h2 button")).hasCSS("font-weight", "450");
        }
    }

    @Test
    void eachFilterSelectsAndIsPartOfTheAddress() {
        letters.send(letter("filters", "Build 1", "ci", "builds"));
        letters.send(letter("filters", "Release 1", "ci", "releases"));
        letters.send(letter("filters", "Invoice 1", "billing", "invoices"));
        try (Visitor visitor = visit("filters")) {
            Page page = visitor.page();
            visitor.item("Build 1").locator(".chip").nth(1).click();
            assertThat(visitor.items()).hasCount(1);
            assertThat(page).hasURL(Pattern.compile(".*[?]topic=builds"));
            page.locator("header h1 a").click();
            page.locator("[aria-label='Origin']").fill("ci");
            page.keyboard().press("Enter");
            assertThat(visitor.items()).hasCount(2);
            assertThat(page).hasURL(Pattern.compile(".*[?]origin=ci"));
            visitor.item("Build 1").locator("h2 button").click();
            page.locator(".segments button").nth(1).click();
            assertThat(visitor.items()).hasCount(1);
            assertThat(visitor.items()).containsText("Release 1");
            for (String within : List.of("hour", "day", "week", "month")) {
                String asked = page.waitForRequest(
                                request -> request.url().contains("createdAfter="),
                                () -> page.locator("select[aria-label='Created']")
                                        .selectOption(within))
                        .url();
                assertThat(asked).contains("origin=ci", "read=false");
                assertThat(page).hasURL(Pattern.compile(".*within=" + within + ".*"));
                assertThat(visitor.items()).hasCount(1);
            }
        }
    }

    @Test
    void theKeyboardLoadsMore() {
        letters.send("keyboard", 60);
        try (Visitor visitor = Visitor.of(host, browser, "keyboard")) {
            visitor.context()
                    .addInitScript(
                            "window.IntersectionObserver = class { observe() {} unobserve() {} disconnect() {} };");
            visitor.visit("/notifications/");
            assertThat(visitor.items()).hasCount(50);
            visitor.page().locator("#more").focus();
            visitor.page().keyboard().press("Enter");
            assertThat(visitor.items()).hasCount(60);
        }
    }

    @Test
    void aPageThatIsLeftBeforeTheTimeToUndoIsOverMarksAll() {
        letters.send("leaves", 3);
        try (Visitor visitor = visit("leaves")) {
            visitor.button("Mark all as read").click();
            assertThat(visitor.page().locator(".toast")).containsText("3 notifications");
            assertThat(letters.unread("leaves")).isEqualTo(3);
            visitor.page().close();
            await().untilAsserted(() -> assertThat(letters.unread("leaves")).isZero());
        }
    }

    @Test
    void markingAllDoesNotDependOnTheClockOfTheComputer() {
        for (int hours : List.of(-2, 2)) {
            letters.send("clock", 3);
            try (Visitor visitor = Visitor.of(host, browser, "clock")) {
                visitor.page().clock().setSystemTime(Date.from(Instant.now().plusSeconds(hours * 3600L)));
                visitor.visit("/notifications/");
                assertThat(visitor.page().locator(".item.unread")).hasCount(3);
                visitor.page()
                        .waitForResponse(
                                response -> response.url().contains("pageSize=1&")
                                        || response.url().endsWith("pageSize=1"),
                                () -> visitor.button("Mark all as read").click());
                letters.send("clock", "After the click");
                assertThat(visitor.page().locator(".item.unread")).hasCount(1);
                visitor.page()
                        .waitForResponse(
                                response -> response.url().contains("read-all"),
                                () -> visitor.page()
                                        .locator(".toast [aria-label='Dismiss']")
                                        .click());
                assertThat(letters.unread("clock")).as("%s hours", hours).isEqualTo(1);
                visitor.item("After the click").first().locator("h2 button").click();
                await().untilAsserted(() -> assertThat(letters.unread("clock")).isZero());
            }
        }
    }

    @Test
    void eachNotificationOfALargeBatchHasItsAddress() {
        String batch = new Gson().toJson(Collections.nCopies(300, letter("batch", "One of many", "o", "t")));
        JsonArray ids = JsonParser.parseString(host.as("ada")
                        .post("/api/notifications/notifications/batch", batch)
                        .body())
                .getAsJsonArray();
        String last = ids.get(299).getAsString();
        try (Visitor visitor = Visitor.of(host, browser, "batch").visit("/notifications/" + last)) {
            assertThat(visitor.items()).hasCount(1);
            assertThat(visitor.items()).hasAttribute("data-id", last);
        }
    }

    @Test
    void anArrivalIsToldPolitelyAndMovesNothingWhereMotionIsReduced() {
        NewContextOptions options = new NewContextOptions().setReducedMotion(ReducedMotion.REDUCE);
        try (Visitor visitor = Visitor.of(host, browser, "hears", options).visit("/notifications/")) {
            visitor.page().locator(".status.live").waitFor();
            letters.send("hears", "Hear, hear");
            assertThat(visitor.items()).hasCount(1);
            assertThat(visitor.page().locator("#spoken")).hasText("1 new notification: Hear, hear");
            assertThat(visitor.page().locator("#spoken")).hasAttribute("role", "status");
            assertThat(visitor.page().locator(".item.new")).hasCSS("animation-name", "none");
        }
    }

    @Test
    void withoutAStreamThePageWaitsForChanges() {
        try (Visitor visitor = Visitor.of(host, browser, "polls")) {
            Queue<Request> counts = new ConcurrentLinkedQueue<>();
            visitor.page().onRequest(request -> {
                if (request.url().contains("/count") && request.headers().containsKey("prefer")) {
                    counts.add(request);
                }
            });
            visitor.page().route(STREAM, route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
            visitor.visit("/notifications/");
            visitor.page().waitForCondition(() -> !counts.isEmpty());
            letters.send("polls", "Without a stream");
            assertThat(visitor.item("Without a stream")).hasCount(1);
            assertThat(visitor.page()).hasTitle("(1) Notifications");
            assertThat(counts.element().headers()).containsKey("if-none-match").containsEntry("prefer", "wait=25");
            visitor.forgive();
        }
    }

    /** A proxy that collects the response. */
    @Test
    void aStreamThatStaysSilentIsReplacedByPolling() {
        try (Visitor visitor = Visitor.of(host, browser, "silent")) {
            visitor.page().route(STREAM, _ -> {});
            visitor.page().clock().install();
            visitor.visit("/notifications/");
            assertThat(visitor.page().locator(".status.live")).hasCount(0);
            visitor.page().clock().fastForward(10_500);
            visitor.page().locator(".status.live").waitFor();
            letters.send("silent", "In spite of the proxy");
            assertThat(visitor.item("In spite of the proxy")).hasCount(1);
        }
    }

    /** A proxy that ends each request after some seconds, so that neither the stream nor a poll that waits gets through. */
    @ParameterizedTest
    @ValueSource(strings = {"cut-504", "cut-closed"})
    void behindAProxyThatCutsWhatWaitsThePageAsksAtIntervalsUntilTheStreamIsBack(String user) {
        try (Visitor visitor = Visitor.of(host, browser, user)) {
            Page page = visitor.page();
            Queue<Route> streams = new ConcurrentLinkedQueue<>();
            AtomicInteger waiting = new AtomicInteger();
            AtomicInteger asked = new AtomicInteger();
            page.route(STREAM, streams::add);
            page.route("**/notifications/count?messageScope=all*", route -> {
                if (route.request().headers().containsKey("prefer")) {
                    waiting.incrementAndGet();
                    cut(route, user);
                } else {
                    asked.incrementAndGet();
                    route.resume();
                }
            });
            page.clock().install();
            visitor.visit("/notifications/");
            page.waitForCondition(() -> !streams.isEmpty());
            page.clock().fastForward(3_000);
            cut(streams.remove(), user);
            page.locator(".status.live").waitFor();

            // The first poll that waits is cut, then a shorter one, and then no poll waits.
            page.waitForCondition(() -> asked.get() == 2);
            page.clock().fastForward(15_500);
            page.waitForCondition(() -> asked.get() == 3);
            letters.send(user, "In spite of the proxy");
            for (int each = 4; each < 8; each++) {
                page.clock().fastForward(15_500);
                int reached = each;
                page.waitForCondition(() -> asked.get() == reached);
                assertThat(page.locator(".banner")).hasCount(0);
            }
            assertThat(visitor.item("In spite of the proxy")).hasCount(1);
            assertThat(page.locator(".status.live")).hasCount(1);
            assertThat(waiting).hasValue(2);
            assertThat(streams).isEmpty();

            page.unrouteAll();
            page.waitForResponse(
                    response -> response.url().endsWith("/api/notifications/stream"),
                    () -> page.clock().fastForward(300_000));
            letters.send(user, "By the stream");
            assertThat(visitor.item("By the stream")).hasCount(1);
            assertThat(asked).hasValue(7);
            visitor.forgive();
        }
    }

    private static void cut(Route route, String how) {
        if (how.equals("cut-504")) {
            route.fulfill(new Route.FulfillOptions().setStatus(504).setBody("<html>upstream timed out"));
        } else {
            route.abort("connectionclosed");
        }
    }

    @Test
    void theListIsLoadingUntilItArrives() {
        letters.send("loads", "Arrives later");
        try (Visitor visitor = Visitor.of(host, browser, "loads")) {
            Page page = visitor.page();
            Queue<Route> lists = new ConcurrentLinkedQueue<>();
            page.route("**/notifications/notifications?*", lists::add);
            page.navigate(host.uri("/notifications/").toString());
            assertThat(page.locator("#list")).hasAttribute("aria-busy", "true");
            assertThat(page.locator("#list .sr")).hasText("Loading notifications");
            assertThat(page.locator("#list .skeleton").first()).isVisible();

            page.waitForCondition(() -> !lists.isEmpty());
            lists.remove().resume();
            assertThat(visitor.items()).hasText(Pattern.compile(".*Arrives later.*"));
            assertThat(page.locator("#list")).hasAttribute("aria-busy", "false");
            assertThat(page.locator("#list .skeleton")).hasCount(0);
        }
    }

    /** The response was made before the notification, and arrives after it. */
    @Test
    void anArrivalWhileTheListIsReadIsShown() {
        letters.send("early", "First");
        try (Visitor visitor = Visitor.of(host, browser, "early")) {
            Page page = visitor.page();
            Queue<Runnable> responses = new ConcurrentLinkedQueue<>();
            page.route("**/notifications/notifications?*", route -> {
                APIResponse response = route.fetch();
                responses.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(response)));
            });
            page.navigate(host.uri("/notifications/").toString());
            assertThat(page).hasTitle("(1) Notifications");
            page.waitForCondition(() -> !responses.isEmpty());
            letters.send("early", "Second");
            assertThat(page).hasTitle("(2) Notifications");
            page.unroute("**/notifications/notifications?*");
            responses.forEach(Runnable::run);

            assertThat(visitor.item("First")).hasCount(1);
            assertThat(visitor.item("Second")).hasCount(1);
        }
    }

    @Test
    void markingAllCanBeUndoneByAUserWhoComesBackFromAnotherTab() {
        letters.send("returns", 2);
        try (Visitor visitor = visit("returns")) {
            visitor.button("Mark all as read").click();
            hide(visitor.page());
            visitor.page().locator("#undo").click();
            assertThat(visitor.page().locator(".item.unread")).hasCount(2);
            assertThat(letters.unread("returns")).isEqualTo(2);
        }
    }

    /** The system may end the browser of a phone as soon as it is hidden. */
    @Test
    void aPhoneThatHidesThePageMarksAllAtOnce() {
        letters.send("phone", 2);
        NewContextOptions phone = new NewContextOptions().setHasTouch(true).setIsMobile(true);
        try (Visitor visitor = Visitor.of(host, browser, "phone", phone).visit("/notifications/")) {
            visitor.button("Mark all as read").click();
            visitor.page().waitForResponse(response -> response.url().contains("read-all"), () -> hide(visitor.page()));
            assertThat(letters.unread("phone")).isZero();
        }
    }

    private static void hide(Page page) {
        page.evaluate("Object.defineProperty(document, 'hidden', {get: () => true, configurable: true});"
                + "document.dispatchEvent(new Event('visibilitychange'))");
    }

    @Test
    void aNarrowPageShowsItsListFirstAndAllFiltersOnRequest() {
        letters.send("narrow", 2);
        NewContextOptions options = new NewContextOptions().setViewportSize(360, 800);
        try (Visitor visitor = Visitor.of(host, browser, "narrow", options).visit("/notifications/")) {
            Locator within = visitor.page().locator("select[aria-label='Created']");
            assertThat(within).isHidden();
            visitor.page().locator("[aria-label=Filters]").click();
            within.selectOption("day");
            visitor.page().reload();
            assertThat(within).hasValue("day");
            assertThat(within).isVisible();
        }
    }

    @Test
    void eachTabKnowsThatThePageIsLive() {
        try (Visitor visitor = visit("tabs")) {
            visitor.page().locator(".status.live").waitFor();
            Page second = visitor.context().newPage();
            second.navigate(host.uri("/notifications/").toString());
            second.locator(".status.live").waitFor();
            letters.send("tabs", "To both");
            assertThat(second.locator(".item")).hasCount(1);
        }
    }
}
