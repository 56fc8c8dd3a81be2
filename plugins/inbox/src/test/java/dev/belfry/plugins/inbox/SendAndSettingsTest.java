package dev.belfry.plugins.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The routes that tell what a user may do are answered by the test, so that each case is one line. */
@Tag("soak")
class SendAndSettingsTest {

    private static Browser browser;
    private static TestHost host;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        host = TestHost.with(InboxPlugin.class)
                .andPlugin(NotificationsPlugin.class)
                .inMemory()
                .user("sender")
                .user("receiver")
                .user("byname")
                .user("commanded")
                .user("muter")
                .start();
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close();
            browser.close();
        }
    }

    @Test
    void aNotificationIsSentToSomeoneWhoseNameIsCompleted() {
        try (Visitor visitor = sender("true")) {
            Page page = visitor.page();
            visitor.button("Send").click();
            page.locator("#send").click();
            assertThat(page.locator("dialog .error")).containsText("at least one user or group");
            page.locator("#recipients").fill("rec");
            page.locator("#suggestions option").first().waitFor(attached());
            page.locator("#recipients").fill("user:default/receiver");
            assertThat(page.locator("dialog .chip").first()).containsText("default/receiver");
            page.locator("[name=title]").fill("It's done");
            page.locator("[name=message]").fill("**Bold** and `code`");
            page.locator("[name=markdown]").check();
            assertThat(page.locator(".preview strong")).hasText("Bold");
            page.locator("summary").click();
            assertThat(page.locator("pre")).containsText("It'\\''s done");
            page.locator("[name=actionTitle]").fill("Open");
            page.locator("#send").click();
            assertThat(page.locator("dialog .error")).containsText("Link of the button");
            page.locator("[name=actionUrl]").fill("/x");
            page.locator("#send").click();
            assertThat(page.locator("dialog")).hasCount(0);
            assertThat(page.locator(".toast")).hasText("Sent");
        }
        assertThat(new Letters(host).unread("receiver")).isEqualTo(1);
    }

    @Test
    void theCommandThatTheFormShowsSendsTheNotification() throws IOException, InterruptedException {
        String title = "It's 100% \"done\" $HOME `id` ü";
        String message = "First line\nC:\\path";
        String command;
        try (Visitor visitor = sender("true")) {
            Page page = visitor.page();
            visitor.button("Send").click();
            page.locator("#recipients").fill("commanded");
            page.keyboard().press("Enter");
            page.locator("[name=title]").fill(title);
            page.locator("[name=message]").fill(message);
            page.locator("summary").click();
            assertThat(page.locator("pre")).containsText("commanded");
            command = page.locator("pre").textContent();
        }
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", command);
        bash.environment().put("TOKEN", host.tokenOf("sender"));
        Process process = bash.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(command).isZero();
        assertThat(answer).as(command).contains("messageId");
        JsonObject received = JsonParser.parseString(host.as("commanded")
                        .get("/api/notifications/notifications")
                        .body())
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
        assertThat(received.get("title").getAsString()).isEqualTo(title);
        assertThat(received.get("message").getAsString()).isEqualTo(message);
    }

    /** The catalog completes nothing for a user without its permission. */
    @Test
    void aNameThatIsNotCompletedIsTakenAsItIs() {
        try (Visitor visitor = Visitor.of(host, browser, "sender")) {
            Page page = visitor.page();
            page.route("**/api/catalog/entities?*", route -> fulfill(route, "{\"items\":[]}"));
            visitor.visit("/notifications/");
            visitor.button("Send").click();
            page.locator("#recipients").fill("byname");
            page.keyboard().press("Enter");
            assertThat(page.locator("dialog .meta .chip")).hasText("default/byname");
            page.locator("#recipients").fill("nobody-at-all");
            page.locator("[name=title]").fill("By name");
            page.locator("#send").click();
            assertThat(page.locator("dialog .error")).hasText(Pattern.compile("Not accepted: .*nobody-at-all.*"));
            visitor.forgive();
            page.locator("[aria-label='Remove user:default/nobody-at-all']").click();
            page.route("**/api/notifications/notifications", Route::abort);
            page.locator("#send").click();
            assertThat(page.locator("dialog .error")).hasText("No connection. Try again when it is back.");
            page.unroute("**/api/notifications/notifications");
            visitor.forgive();
            page.locator("#send").click();
            assertThat(page.locator("dialog")).hasCount(0);
        }
        assertThat(new Letters(host).unread("byname")).isEqualTo(1);
    }

    @Test
    void aBroadcastSaysHowManyPeopleItReachesBeforeItIsSent() {
        try (Visitor visitor = sender("true")) {
            Page page = visitor.page();
            visitor.button("Send").click();
            page.locator("dialog").getByText("Everyone").click();
            page.locator("[name=title]").fill("To all");
            page.locator("#send").click();
            assertThat(page.locator("dialog")).containsText("This reaches 1,234 people.");
            page.locator("#send").click();
            assertThat(page.locator("dialog")).hasCount(0);
            page.locator("#tab-system").click();
            assertThat(visitor.item("To all")).hasCount(1);
        }
    }

    @Test
    void whoMayNotSendHasNoForm() {
        try (Visitor visitor = sender("false")) {
            assertThat(visitor.page().locator("header button").getByText("Send"))
                    .hasCount(0);
        }
    }

    @Test
    void theThemeIsKept() {
        try (Visitor visitor = sender("true")) {
            visitor.page().locator("[aria-label=Settings]").click();
            visitor.page().locator("dialog").getByText("Dark").click();
            visitor.page().keyboard().press("Escape");
            visitor.page().reload();
            assertThat(visitor.page().locator("belfry-inbox-page")).hasAttribute("theme", "dark");
        }
    }

    @Test
    void aTopicIsMutedInTheSettings() {
        try (Visitor visitor = sender("true")) {
            Page page = visitor.page();
            page.locator("[aria-label=Settings]").click();
            page.locator("dialog [aria-label='Muted topics']").fill("builds");
            String sent = page.waitForRequest(
                            request -> request.method().equals("PUT"),
                            () -> page.keyboard().press("Enter"))
                    .postData();
            assertThat(sent).isEqualTo("{\"topics\":[\"builds\"],\"origins\":[]}");
            assertThat(page.locator("dialog .chip")).hasText("builds");
        }
    }

    @Test
    void whatIsMutedNeitherCountsNorAlertsAndHasAFilter() {
        Letters letters = new Letters(host);
        letters.send(build("Build 1"));
        letters.send("muter", "A letter");
        try (Visitor visitor = Visitor.of(host, browser, "muter").visit("/notifications/");
                Visitor other = Visitor.of(host, browser, "muter").visit("/notifications/")) {
            Page page = visitor.page();
            Locator badge = page.locator("#tab-user .badge");
            assertThat(badge).containsText("2");
            visitor.item("Build 1").locator("h2 button").click();
            assertThat(badge).containsText("1");
            visitor.button("Mute topic “builds”").click();
            assertThat(visitor.item("Build 1")).hasCount(0);
            assertThat(other.item("Build 1")).hasCount(0);

            page.locator("[aria-label=Settings]").click();
            page.locator("dialog [aria-label='Muted origins']").fill("status");
            page.keyboard().press("Enter");
            assertThat(page.locator("dialog .chip")).hasText(new String[] {"builds", "status"});
            page.keyboard().press("Escape");
            letters.send(build("Build 2"));
            letters.send(Map.of("title", "All is well", "origin", "status"));
            letters.send("muter", "Another letter");
            for (Visitor each : List.of(visitor, other)) {
                assertThat(each.item("Another letter")).hasCount(1);
                assertThat(each.items()).hasCount(2);
                assertThat(each.page().locator("#tab-user .badge")).containsText("2");
                assertThat(each.page().locator(".banner.alert")).hasCount(0);
            }

            visitor.button("Muted").click();
            assertThat(visitor.item("Build 2")).containsText("Muted");
            assertThat(visitor.items()).hasCount(2);
            page.locator("[aria-label=Settings]").click();
            page.locator("dialog [aria-label='Unmute “builds”']").click();
            page.keyboard().press("Escape");
            assertThat(badge).containsText("3");
            assertThat(visitor.items()).hasCount(0);
            visitor.button("All").click();
            assertThat(visitor.items()).hasCount(4);
            assertThat(other.items()).hasCount(4);
        }
    }

    private static Map<String, ?> build(String title) {
        return Map.of("title", title, "origin", "ci", "topic", "builds", "targetUsers", List.of("default/muter"));
    }

    private static Locator.WaitForOptions attached() {
        return new Locator.WaitForOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED);
    }

    private static Visitor sender(String create) {
        Visitor visitor = Visitor.of(host, browser, "sender");
        answer(visitor, "**/capabilities", """
                {"create":%s,"createForEveryone":%s,"markAll":true,"stream":false,"mute":true,"everyone":1234}""".formatted(create, create));
        answer(visitor, "**/api/catalog/entities?*", """
                {"items":[{"ref":"user:default/receiver","displayName":"Rita Ceiver"}]}""");
        visitor.page().route("**/api/notifications/muted", route -> {
            String stored = route.request().postData();
            fulfill(route, stored == null ? "{\"topics\":[],\"origins\":[]}" : stored);
        });
        return visitor.visit("/notifications/");
    }

    private static void answer(Visitor visitor, String path, String json) {
        visitor.page().route(path, route -> fulfill(route, json));
    }

    private static void fulfill(Route route, String json) {
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(json));
    }
}
