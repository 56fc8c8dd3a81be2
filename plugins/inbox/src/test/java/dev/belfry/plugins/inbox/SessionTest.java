package dev.belfry.plugins.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page with a cookie in place of a token. */
@Tag("soak")
class SessionTest {

    @Test
    void aGuestSignsInMarksAndSignsOut() {
        try (Browser browser = Browser.start();
                TestHost host = TestHost.with(InboxPlugin.class)
                        .andPlugin(NotificationsPlugin.class)
                        .inMemory()
                        .guest()
                        .start();
                BrowserContext context = browser.chromium().newContext()) {
            Letters letters = new Letters(host);
            letters.send("guest", "Mark me");
            Page page = context.newPage();
            page.navigate(host.uri("/sign-in?returnTo=/notifications/").toString());
            page.locator("form button").click();

            assertThat(page).hasURL(host.uri("/notifications/").toString());
            assertThat(page.locator(".item")).hasCount(1);
            assertThat(context.cookies()).anyMatch(cookie -> cookie.name.equals("belfry") && cookie.httpOnly);
            page.locator(".item").hover();
            page.locator(".item [aria-label='Mark as read']").click();
            assertThat(page.locator(".item.unread")).hasCount(0);
            page.reload();
            assertThat(page.locator(".item")).hasCount(1);
            assertThat(page.locator(".item.unread")).hasCount(0);

            page.waitForResponse(
                    response -> response.url().endsWith("/api/auth/sign-out"),
                    () -> page.getByText("Sign out").click());
            assertThat(page.getByText("Sign out")).hasCount(0);
            assertThat(context.cookies()).noneMatch(cookie -> cookie.name.equals("belfry"));
        }
    }

    @Test
    void thePageAndTheBellWorkBelowAPathOfAProxy() {
        try (Browser browser = Browser.start();
                TestHost host = TestHost.with(InboxPlugin.class)
                        .andPlugin(NotificationsPlugin.class)
                        .inMemory()
                        .guest()
                        .config("backend.baseUrl", "http://localhost/tools/belfry")
                        .start();
                BrowserContext context = browser.chromium().newContext()) {
            new Letters(host).send("guest", "Mark me");
            Page page = context.newPage();
            List<String> elsewhere = new CopyOnWriteArrayList<>();
            page.onRequest(request -> {
                if (!request.url().startsWith(host.uri("/tools/belfry/").toString())) {
                    elsewhere.add(request.url());
                }
            });
            page.navigate(host.uri("/tools/belfry/sign-in?returnTo=/tools/belfry/notifications/")
                    .toString());
            page.locator("form button").click();

            assertThat(page).hasURL(host.uri("/tools/belfry/notifications/").toString());
            assertThat(page.locator(".item")).hasCount(1);
            page.locator(".item").hover();
            page.locator(".item [aria-label='Mark as read']").click();
            assertThat(page.locator(".item.unread")).hasCount(0);

            page.navigate(host.uri("/tools/belfry/notifications/example").toString());
            assertThat(page.locator("belfry-inbox .item")).hasCount(1);
            assertThat(elsewhere).isEmpty();
        }
    }
}
