package dev.belfry.plugins.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a sender writes becomes code, markup, or a request. */
@Tag("soak")
class HostileTextTest {

    private static final List<String> CORPUS = List.of(
            "<script>window.attacked = 1</script>",
            "<img src=x onerror='window.attacked = 1'>",
            "\"><svg onload=window.attacked=1>",
            "'-window.attacked=1-'",
            "javascript:window.attacked=1",
            "<iframe srcdoc='<script>parent.attacked=1</script>'></iframe>",
            "<a href=\"javascript:window.attacked=1\">click</a>",
            "[click](javascript:window.attacked=1) ![x](https://evil.example/x.png)",
            "[click](data:text/html,<script>window.attacked=1</script>) [there](//evil.example)",
            "**<b onmouseover=window.attacked=1>bold</b>** `<script>window.attacked=1</script>`",
            "<style>@import 'https://evil.example/x.css';</style>",
            "${window.attacked = 1} {{constructor.constructor('window.attacked=1')()}}",
            "<math><mtext><table><mglyph><style><img src onerror=window.attacked=1>",
            "\u202egnp.exe\u2066 \u200b",
            "<!--<img src=\"--><img src=x onerror=window.attacked=1//\">");

    private static Browser browser;
    private static TestHost host;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        host = TestHost.with(InboxPlugin.class)
                .andPlugin(NotificationsPlugin.class)
                .inMemory()
                .user("victim")
                .user("links")
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
    void noTextOfASenderIsExecutedOrLeavesThePage() {
        Letters letters = new Letters(host);
        for (String text : CORPUS) {
            letters.send(Map.of(
                    "title", text,
                    "message", text,
                    "origin", text,
                    "topic", text,
                    "format", "markdown",
                    "targetUsers", List.of("default/victim"),
                    "actions", List.of(Map.of("title", text, "url", "https://example.com/"))));
        }
        try (Visitor visitor = Visitor.of(host, browser, "victim").visit("/notifications/")) {
            assertThat(visitor.items()).hasCount(CORPUS.size());
            for (int each = 0; each < CORPUS.size(); each++) {
                visitor.items().nth(each).locator("h2 button").click();
                assertThat(visitor.items().nth(each).locator(".message.full")).isVisible();
            }
            assertThat(visitor.page().evaluate("window.attacked")).isNull();
            assertThat(visitor.page().locator(".item :is(script, img, iframe, style, b)"))
                    .hasCount(0);
            assertThat((List<?>) visitor.items().locator("a").evaluateAll("links => links.map(link => link.protocol)"))
                    .allMatch("https:"::equals);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "java\\nscript:alert(1)",
                " javascript:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "blob:https://example.com/1",
                "//evil.example/",
                "/\\\\evil.example/",
                "https://example.com/\u202egnp",
                "/path\u200b"
            })
    void anUnsafeLinkOfTheHostIsNotShown(String url) {
        String list = """
                [{"id":"019a3f2e-7b1c-7d52-9f0e-4a1b2c3d4e5f","created":"2026-10-30T13:48:34.931Z","isSystem":false,"readByUser":false,
                  "origin":"o","title":"t","message":null,"topic":null,"actions":[{"id":"1","title":"Unsafe","url":%s},
                  {"id":"2","title":"Safe","url":"/safe?x=1"}]}]""".formatted(new Gson().toJson(url));
        try (Visitor visitor = Visitor.of(host, browser, "links")) {
            visitor.page()
                    .route(
                            "**/notifications/notifications?*",
                            route -> route.fulfill(new Route.FulfillOptions()
                                    .setContentType("application/json")
                                    .setBody(list)));
            visitor.visit("/notifications/");
            assertThat(visitor.items().locator("a")).hasText(new String[] {"Safe"});
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "//evil.example/",
                "/\\evil.example/",
                "https://example.com/\u202egnp",
                "/a\u0000"
            })
    void anUnsafeLinkIsRefusedWhenItIsSent(String url) {
        String notification = new Gson()
                .toJson(Map.of(
                        "title",
                        "t",
                        "origin",
                        "o",
                        "targetUsers",
                        List.of("default/links"),
                        "actions",
                        List.of(Map.of("title", "a", "url", url))));
        assertThat(host.as("ada")
                        .post("/api/notifications/notifications", notification)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void noNameOfAUserOrAGroupIsExecuted() {
        for (String name : CORPUS) {
            try (Visitor visitor = Visitor.of(host, browser, "victim")) {
                answer(visitor, "**/api/auth/session", Map.of("user", "user:default/x", "displayName", name));
                answer(
                        visitor,
                        "**/api/catalog/entities?*",
                        Map.of("items", List.of(Map.of("ref", "user:default/" + name, "displayName", name))));
                visitor.visit("/notifications/");
                assertThat(visitor.page().locator("header .user")).hasCount(1);
                visitor.button("Send").click();
                visitor.page().locator("#recipients").fill("a");
                visitor.page()
                        .locator("#suggestions option")
                        .first()
                        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
                visitor.page().keyboard().press("Enter");
                assertThat(visitor.page().locator("dialog .meta .chip")).hasCount(1);
                assertThat(visitor.page().evaluate("window.attacked")).isNull();
                assertThat(visitor.page().locator(":is(header, dialog) :is(script, img, iframe, style, b)"))
                        .hasCount(0);
            }
        }
    }

    private static void answer(Visitor visitor, String path, Map<String, ?> body) {
        visitor.page()
                .route(
                        path,
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody(new Gson().toJson(body))));
    }
}
