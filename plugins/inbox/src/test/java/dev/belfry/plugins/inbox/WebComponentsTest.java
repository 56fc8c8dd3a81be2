package dev.belfry.plugins.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.sun.net.httpserver.HttpServer;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("soak")
class WebComponentsTest {

    private static HttpServer application;
    private static String applicationPage = "";

    private static Browser browser;
    private static TestHost host;
    private static Letters letters;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/", exchange -> {
            byte[] bytes = applicationPage.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        application.start();
        host = TestHost.with(InboxPlugin.class)
                .andPlugin(NotificationsPlugin.class)
                .inMemory()
                .user("bell")
                .user("foreign")
                .user("events")
                .user("leaving")
                .user("placed")
                .config(
                        "backend.cors",
                        Map.of(
                                "origin",
                                applicationAddress(),
                                "exposedHeaders",
                                List.of("ETag", "Link", "Preference-Applied")))
                .start();
        letters = new Letters(host);
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
            application.stop(0);
            browser.close();
        }
    }

    @Test
    void theBellCountsOpensMarksAndLearnsOfArrivals() {
        letters.send("bell", "First");
        try (Visitor visitor = Visitor.of(host, browser, "bell")) {
            Page page = visitor.page();
            page.navigate(host.uri("/notifications/example").toString());
            assertThat(page.locator("belfry-bell .badge")).hasText("1");
            letters.send("bell", "Second");
            assertThat(page.locator("belfry-bell .badge")).hasText("2");
            page.locator("#bell").click();
            Locator panel = page.locator("belfry-bell #panel");
            assertThat(panel.locator(".item")).hasCount(2);
            panel.locator(".item", new Locator.LocatorOptions().setHasText("First"))
                    .locator("h2 button")
                    .click();
            assertThat(page.locator("belfry-bell > .badge, belfry-bell #bell .badge"))
                    .hasText("1");
            assertThat(page.locator("main belfry-inbox .item.unread")).hasCount(1);
            page.keyboard().press("Escape");
            assertThat(panel).hasCount(0);
            assertThat(page.locator("#bell")).isFocused();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ltr,left: 8px; top: 8px",
        "ltr,right: 8px; top: 8px",
        "ltr,left: 20%; top: 8px",
        "ltr,left: 8px; bottom: 8px",
        "ltr,right: 30%; top: 45%",
        "rtl,left: 8px; top: 8px",
        "rtl,right: 8px; top: 8px",
        "rtl,right: 8px; bottom: 8px"
    })
    void thePanelIsInsideTheWindowWhereverTheBellIs(String direction, String place) {
        letters.send("placed", 8);
        NewContextOptions window = new NewContextOptions().setViewportSize(1000, 700);
        try (BrowserContext context = browser.chromium().newContext(window)) {
            Page page = context.newPage();
            applicationPage = """
                    <!doctype html><html dir="%s"><title>Application</title>
                    <div style="position: fixed; %s"><belfry-bell></belfry-bell></div>
                    <script type="module" src="%s"></script>
                    <script type="module">
                      document.querySelector('belfry-bell').token = async () => '%s';
                    </script>""".formatted(
                            direction, place, host.uri("/notifications-elements/elements.js"), host.tokenOf("placed"));
            page.navigate(applicationAddress() + "/");
            page.locator("#bell").click();
            page.locator("#panel .item").nth(7).waitFor();
            requirePanelInside(page, 1000, 700);
            page.setViewportSize(360, 500);
            await().untilAsserted(() -> requirePanelInside(page, 360, 500));
        }
    }

    private static void requirePanelInside(Page page, int width, int height) {
        BoundingBox panel = page.locator("#panel").boundingBox();
        BoundingBox bell = page.locator("#bell").boundingBox();
        assertThat(panel.x).isNotNegative();
        assertThat(panel.y).isNotNegative();
        assertThat(panel.x + panel.width).isLessThanOrEqualTo(width);
        assertThat(panel.y + panel.height).isLessThanOrEqualTo(height);
        assertThat(panel.y >= bell.y + bell.height || panel.y + panel.height <= bell.y)
                .as("the panel leaves the bell free")
                .isTrue();
    }

    /** The style of the application must not reach the bell, and its script decides what a click does. */
    @Test
    void theBellWorksInAPageOfAnotherOriginWithATokenOfTheApplication() {
        letters.send(Map.of(
                "title",
                "From afar",
                "origin",
                "tests",
                "targetUsers",
                List.of("default/foreign"),
                "actions",
                List.of(Map.of("title", "Order 7", "url", "/orders/7"))));
        try (BrowserContext context = browser.chromium().newContext()) {
            Page page = context.newPage();
            applicationPage = """
                        <!doctype html><title>Application</title>
                        <style>* { all: unset; font-size: 40px !important } button { display: none }</style>
                        <belfry-bell></belfry-bell>
                        <script type="module" src="%s"></script>
                        <script type="module">
                          const bell = document.querySelector('belfry-bell');
                          bell.token = async () => '%s';
                          bell.addEventListener('belfry-action', event => {
                            event.preventDefault();
                            document.title = event.detail.action.url;
                          });
                        </script>""".formatted(host.uri("/notifications-elements/elements.js"), host.tokenOf("foreign"));
            page.navigate(applicationAddress() + "/");
            assertThat(page.locator("belfry-bell .badge")).hasText("1");
            page.locator("#bell").click();
            assertThat(page.locator(".item time")).hasCSS("font-size", "13px");
            assertThat(page.locator(".item h2")).containsText("From afar");
            assertThat(page.locator(".item .message, .item article").first()).hasCSS("font-size", "15px");
            page.locator(".item a").click();
            assertThat(page).hasTitle("/orders/7");
            assertThat(page.locator("#bell .badge")).hasCount(0);
            assertThat(page).hasURL(applicationAddress() + "/");
        }
    }

    /** The elements are there before the script that passes the token: they must not ask with a cookie meanwhile. */
    @Test
    void anApplicationStylesTheElementsAndRoutesTheirEvents() {
        letters.send("events", "Open me");
        letters.send("events", "Mark me");
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        try (BrowserContext context = browser.chromium().newContext()) {
            Page page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    faults.add(message.text());
                }
            });
            applicationPage = """
                        <!doctype html><title>Application</title>
                        <style>
                          belfry-bell { --belfry-accent: rgb(1, 2, 3); }
                          belfry-bell::part(bell) { width: 77px; }
                          belfry-inbox::part(title) { letter-spacing: 3px; }
                        </style>
                        <belfry-bell theme="dark"><b slot="icon">B</b></belfry-bell>
                        <belfry-inbox lang="de" src="%1$s"><i slot="header">H</i><i slot="footer">F</i></belfry-inbox>
                        <script type="module" src="%1$s/notifications-elements/elements.js"></script>
                        <script type="module">
                          const token = async () => '%2$s';
                          for (const element of document.querySelectorAll('belfry-bell, belfry-inbox')) element.token = token;
                          window.heard = [];
                          const inbox = document.querySelector('belfry-inbox');
                          inbox.addEventListener('belfry-open', event => {
                            event.preventDefault();
                            heard.push('open ' + event.detail.notification.title);
                          });
                          inbox.addEventListener('belfry-read', event => heard.push('read ' + event.detail.ids.length + event.detail.read));
                          inbox.addEventListener('belfry-error', event => heard.push('error ' + event.detail.status));
                        </script>""".formatted(address(), host.tokenOf("events"));
            page.navigate(applicationAddress() + "/");
            assertThat(page.locator("#bell .badge")).hasText("2");
            assertThat(page.locator("#bell .badge")).hasCSS("background-color", "rgb(1, 2, 3)");
            assertThat(page.locator("#bell")).hasCSS("width", "77px");
            assertThat(page.locator("belfry-bell")).hasCSS("color-scheme", "dark");
            assertThat(page.locator("belfry-bell b")).isVisible();
            assertThat(page.locator("belfry-inbox i").first()).isVisible();
            assertThat(page.locator("belfry-inbox i").last()).isVisible();
            assertThat(page.locator("belfry-inbox #tab-user")).containsText("Persönlich");
            Locator first = page.locator("belfry-inbox .item", new Page.LocatorOptions().setHasText("Open me"));
            assertThat(first.locator("h2 button")).hasCSS("letter-spacing", "3px");
            assertThat(faults).isEmpty();

            first.locator("h2 button").click();
            assertThat(first.locator("h2 button")).hasAttribute("aria-expanded", "false");
            Locator second = page.locator("belfry-inbox .item", new Page.LocatorOptions().setHasText("Mark me"));
            second.hover();
            second.locator(".tools button").click();
            assertThat(page.locator("#bell .badge")).hasText("1");
            page.route(
                    "**/notifications/read?*",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setStatus(409)
                            .setHeaders(Map.of("Access-Control-Allow-Origin", applicationAddress()))
                            .setBody("{}")));
            first.hover();
            first.locator(".tools button").click();
            page.waitForFunction("heard.length === 4");
            assertThat(page.evaluate("heard"))
                    .isEqualTo(List.of("open Open me", "read 1true", "read 1true", "error 409"));
        }
    }

    /** A page that closes does not wait for a token. */
    @Test
    void marksOfAPageThatClosesArriveAlthoughTheTokenOfTheApplicationIsSlow() {
        letters.send("leaving", "One more");
        letters.send(Map.of(
                "title",
                "Follow me",
                "origin",
                "tests",
                "targetUsers",
                List.of("default/leaving"),
                "actions",
                List.of(Map.of("title", "Order 8", "url", "/orders/8"))));
        try (BrowserContext context = browser.chromium().newContext()) {
            Page page = context.newPage();
            applicationPage = """
                    <!doctype html><title>Application</title>
                    <belfry-inbox></belfry-inbox>
                    <script type="module" src="%s"></script>
                    <script type="module">
                      document.querySelector('belfry-inbox').token = () =>
                          window.slow ? new Promise(() => {}) : Promise.resolve('%s');
                    </script>""".formatted(host.uri("/notifications-elements/elements.js"), host.tokenOf("leaving"));
            page.navigate(applicationAddress() + "/");
            assertThat(page.locator(".item")).hasCount(2);
            page.evaluate("window.slow = true");
            page.locator(".item a").click();
            assertThat(page).hasURL(applicationAddress() + "/orders/8");
            await().untilAsserted(() -> assertThat(letters.unread("leaving")).isEqualTo(1));

            assertThat(page.locator(".item.unread")).hasCount(1);
            page.evaluate("window.slow = true");
            page.locator("#mark-all").click();
            page.navigate("about:blank");
            await().untilAsserted(() -> assertThat(letters.unread("leaving")).isZero());
        }
    }

    private static String address() {
        return host.uri("").toString().replaceFirst("/$", "");
    }

    private static String applicationAddress() {
        return "http://localhost:" + application.getAddress().getPort();
    }

    @Test
    void theScriptHasAStableNameAndTheBundleIsCachedForAYear() {
        var entry = host.anonymous().get("/notifications-elements/elements.js");
        String bundle = entry.body().replaceAll("(?s).*'\\./(.*)'.*", "$1");

        assertThat(entry.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-cache"));
        assertThat(host.anonymous()
                        .get("/notifications-elements/" + bundle)
                        .headers()
                        .firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
        assertThat(host.anonymous().get("/notifications-elements/elements.d.ts").body())
                .contains("belfry-bell");
        assertThat(bundle).matches(Pattern.compile("elements-[0-9a-f]{12}\\.js"));
    }
}
