package dev.belfry.plugins.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.Page;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InboxPageTest {
    @Test
    void shows() throws Exception {
        try (TestHost host = TestHost.with(InboxPlugin.class).andPlugin(NotificationsPlugin.class).guest().start();
                Browser browser = Browser.start()) {
            for (int i = 0; i < 70; i++) {
                host.as("ada").post("/api/notifications/notifications", """
                    {"title":"Build %d of main failed","origin":"ci","topic":"builds","message":"Three tests failed in module host.\\nSee the log for what was expected.","targetUsers":["default/guest"],
                     "actions":[{"title":"Open build","url":"https://ci.example/builds/1"}]}""".formatted(i));
            }
            Page page = browser.chromium().newPage();
            page.onConsoleMessage(m -> System.out.println("CONSOLE " + m.text()));
            page.onPageError(m -> System.out.println("ERROR " + m));
            page.navigate(host.uri("/notifications/").toString());
            page.locator(".item").first().waitFor();
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("/tmp/inbox-try/1.png")));
            page.setViewportSize(360, 740);
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("/tmp/inbox-try/2.png")));
            assertThat(page.title()).isEqualTo("(70) Notifications");
        }
    }
}
