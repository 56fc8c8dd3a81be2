package dev.belfry.plugins.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.BoundingBox;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens around a page that stays open: several users and tabs, replaced plugins, a host that starts again, a full inbox. */
@Tag("soak")
class JourneysTest {

    /** A stream connects again after a random time of at most five seconds. */
    private static final HasCountOptions AFTER_A_RECONNECT = new HasCountOptions().setTimeout(20_000);

    private static final int MANY = 100_000;
    private static final int PER_REQUEST = 500;

    private static Browser browser;
    private static TestHost host;
    private static Letters letters;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        host = TestHost.with(InboxPlugin.class)
                .andPlugin(NotificationsPlugin.class)
                .inMemory()
                .user("one")
                .user("two")
                .user("quick")
                .user("tabs")
                .user("patient")
                .user("alerted")
                .user("collector")
                .user("right")
                .config("permission.rbac.admin.superUsers", List.of(Map.of("name", "user:default/bob")))
                .config("notifications.limits", Map.of("createsPerMinute", 0))
                .start();
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
    void twoUsersSideBySideSeeTheirOwnNotifications() {
        try (Visitor one = visit("one");
                Visitor two = visit("two")) {
            letters.send("one", "For one");
            assertThat(one.item("For one")).hasCount(1);
            assertThat(one.page().locator("link[rel=icon]")).hasAttribute("href", Pattern.compile(".*icon-unread.*"));

            letters.send("two", "For two");
            assertThat(two.item("For two")).hasCount(1);
            assertThat(two.items()).hasCount(1);
            assertThat(one.items()).hasCount(1);

            one.item("For one").hover();
            one.item("For one").locator("[aria-label='Mark as read']").click();
            assertThat(one.page().locator("link[rel=icon]"))
                    .hasAttribute("href", Pattern.compile(".*icon[.-](?!unread).*"));
            assertThat(two.page()).hasTitle("(1) Notifications");
        }
    }

    /** The fastest of five, because the machine may be busy otherwise. */
    @Test
    void anArrivalIsSeenWithinHalfASecond() {
        try (Visitor visitor = visit("quick")) {
            letters.send("quick", "The stream is open");
            assertThat(visitor.items()).hasCount(1);
            long fastest = IntStream.range(0, 5)
                    .mapToLong(i -> {
                        long begin = System.nanoTime();
                        letters.send("quick", "Arrival " + i);
                        visitor.item("Arrival " + i).waitFor();
                        return (System.nanoTime() - begin) / 1_000_000;
                    })
                    .min()
                    .orElseThrow();
            assertThat(fastest).as("milliseconds").isLessThan(500);
        }
    }

    @Test
    void allTabsOfABrowserShareOneStream() {
        NewContextOptions options =
                new NewContextOptions().setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + host.tokenOf("tabs")));
        try (BrowserContext context = browser.chromium().newContext(options)) {
            Queue<String> streams = new ConcurrentLinkedQueue<>();
            context.onRequest(request -> {
                if (request.url().contains("/api/notifications/stream")) {
                    streams.add(request.url());
                }
            });
            Page first = open(context);
            Page second = open(context);
            letters.send("tabs", "To all tabs");
            assertThat(first.locator(".item")).hasCount(1);
            assertThat(second.locator(".item")).hasCount(1);
            assertThat(streams).hasSize(1);

            first.close();
            letters.send("tabs", "To the one that is left");
            assertThat(second.locator(".item")).hasCount(2, AFTER_A_RECONNECT);
            second.waitForCondition(() -> streams.size() == 2);
        }
    }

    private static Page open(BrowserContext context) {
        Page page = context.newPage();
        page.navigate(host.uri("/notifications/").toString());
        page.locator("belfry-inbox-page[ready]").waitFor();
        return page;
    }

    @ParameterizedTest
    @ValueSource(strings = {"notifications", "inbox"})
    void aReplacementLosesNothingInAnOpenPage(String plugin) {
        try (Visitor visitor = visit("patient")) {
            String before = "Before " + plugin;
            letters.send("patient", before);
            assertThat(visitor.item(before)).hasCount(1);

            assertThat(host.as("bob")
                            .post("/api/host/plugins/" + plugin + "/restart", "")
                            .statusCode())
                    .isEqualTo(200);
            String after = "After " + plugin;
            letters.send("patient", after);

            assertThat(visitor.item(after)).hasCount(1, AFTER_A_RECONNECT);
            assertThat(visitor.item(before)).hasCount(1);
        }
    }

    @Test
    void aHostThatStartsAgainIsFoundByAnOpenPage() throws IOException {
        int port = freePort();
        try (BrowserContext context = browser.chromium().newContext()) {
            Page page = context.newPage();
            try (TestHost first = guestHost(port)) {
                new Letters(first).send("guest", "Of the first host");
                page.navigate(first.uri("/notifications/").toString());
                assertThat(page.locator(".item")).hasText(Pattern.compile(".*Of the first host.*"));
            }
            assertThat(page.locator(".banner")).containsText("No connection");
            try (TestHost second = guestHost(port)) {
                assertThat(page.locator(".item")).hasCount(0, AFTER_A_RECONNECT);
                new Letters(second).send("guest", "Of the second host");
                assertThat(page.locator(".item")).hasText(Pattern.compile(".*Of the second host.*"));
            }
        }
    }

    private static TestHost guestHost(int port) {
        return TestHost.with(InboxPlugin.class)
                .andPlugin(NotificationsPlugin.class)
                .inMemory()
                .guest()
                .config("backend.listen.port", port)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aNotificationForEveryoneAlertsAndADesktopNotificationIsShownByOneTab() {
        NewContextOptions options = new NewContextOptions()
                .setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + host.tokenOf("alerted")))
                .setPermissions(List.of("notifications"));
        try (BrowserContext context = browser.chromium().newContext(options)) {
            Queue<String> shown = new ConcurrentLinkedQueue<>();
            context.exposeFunction("desktop", arguments -> shown.add((String) arguments[0]));
            context.addInitScript("""
                    Object.defineProperty(document, 'hidden', {get: () => true});
                    window.Notification = class extends EventTarget {
                      static permission = 'granted';
                      static requestPermission = async () => 'granted';
                      constructor(title) { super(); window.desktop(title); }
                      close() {}
                    };""");
            Page first = open(context);
            first.locator("[aria-label=Settings]").click();
            first.locator("#desktop").check();
            first.keyboard().press("Escape");
            Page second = open(context);

            letters.send(Map.of("title", "Fire drill at noon", "origin", "office"));

            assertThat(first.locator(".banner.alert")).containsText("Fire drill at noon");
            assertThat(second.locator(".banner.alert")).containsText("Fire drill at noon");
            assertThat(first.locator("[role=alert]")).hasCount(1);
            assertThat(shown).containsExactly("Fire drill at noon");
            first.locator(".banner.alert button").last().click();
            assertThat(first.locator(".banner.alert")).hasCount(0);
        }
    }

    /** The fastest of three, as above. */
    @Test
    void aFullInboxIsShownWithinASecond() {
        List<Map<String, Object>> batch = IntStream.range(0, PER_REQUEST)
                .<Map<String, Object>>mapToObj(i ->
                        Map.of("title", "Number " + i, "origin", "tests", "targetUsers", List.of("default/collector")))
                .toList();
        String json = new Gson().toJson(batch);
        for (int sent = 0; sent < MANY; sent += PER_REQUEST) {
            assertThat(host.as("ada")
                            .post("/api/notifications/notifications/batch", json)
                            .statusCode())
                    .isEqualTo(200);
        }
        long fastest = LongStream.range(0, 3)
                .map(i -> {
                    try (Visitor visitor = Visitor.of(host, browser, "collector")) {
                        long begin = System.nanoTime();
                        visitor.page().navigate(host.uri("/notifications/").toString());
                        visitor.items().first().waitFor();
                        return (System.nanoTime() - begin) / 1_000_000;
                    }
                })
                .min()
                .orElseThrow();
        assertThat(fastest).as("milliseconds").isLessThan(1000);
    }

    @Test
    void thePageCanRunFromRightToLeft() {
        letters.send("right", 3);
        NewContextOptions options = new NewContextOptions().setViewportSize(360, 800);
        try (Visitor visitor = Visitor.of(host, browser, "right", options).visit("/notifications/")) {
            visitor.items().first().waitFor();
            visitor.page().evaluate("document.documentElement.dir = 'rtl'");
            assertThat(visitor.page().locator("html")).hasCSS("direction", "rtl");
            double text = visitor.items().first().locator("h2").boundingBox().x;
            double box = visitor.items().first().locator("input").boundingBox().x;
            assertThat(box).isGreaterThan(text);
            BoundingBox heading = visitor.items().first().locator("h2").boundingBox();
            BoundingBox title = visitor.items().first().locator("h2 button").boundingBox();
            assertThat(title.x + title.width).isCloseTo(heading.x + heading.width, within(1.0));
            assertThat((boolean) visitor.page()
                            .evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .isTrue();
        }
    }

    private static Visitor visit(String user) {
        return Visitor.of(host, browser, user).visit("/notifications/");
    }
}
