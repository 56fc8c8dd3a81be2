package dev.belfry.plugins.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.plugins.keycloak.CatalogKeycloakPlugin;
import dev.belfry.testkit.TestHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The users of a Keycloak are those of the catalog, and they sign in there. */
@Tag("soak")
class RealKeycloakTest {

    private static final EntityRef EDITH = EntityRef.user("default", "edith");
    private static final String CLIENT = "belfry";
    private static final String SECRET = "of the client";

    @Test
    void aUserSignsInReadsTheInboxAndSignsOut() throws Exception {
        try (Browser browser = Browser.start();
                Keycloak keycloak = Keycloak.start();
                TestHost host = host(keycloak);
                BrowserContext context = browser.chromium().newContext()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> host.catalog().groupsOf(EDITH).contains(EntityRef.group("default", "engineering")));
            new Letters(host)
                    .send(Map.of(
                            "title", "For engineers",
                            "origin", "tests",
                            "targetGroups", List.of("default/engineering")));
            Page page = context.newPage();
            page.navigate(host.uri("/sign-in?returnTo=/notifications/").toString());
            page.locator("a.button").click();
            page.locator("#username").fill("edith");
            page.locator("#password").fill("of edith");
            page.locator("#kc-login").click();

            assertThat(page).hasURL(host.uri("/notifications/").toString());
            assertThat(page.locator(".item")).containsText("For engineers");
            assertThat(page.locator("header .user")).containsText("Edith Clarke");

            page.getByText("Sign out").click();
            assertThat(page).hasURL(Pattern.compile(".*/(sign-in|logout).*"));
            assertThat(context.cookies()).noneMatch(cookie -> cookie.name.equals("belfry"));
        }
    }

    private static TestHost host(Keycloak keycloak) {
        return TestHost.with(InboxPlugin.class)
                .andPlugin(NotificationsPlugin.class)
                .andPlugin(CatalogKeycloakPlugin.class)
                .inMemory()
                .config("belfry.outgoing.allow", "localhost")
                .config("catalog-keycloak.baseUrl", keycloak.address())
                .config("catalog-keycloak.realm", "acme")
                .config("catalog-keycloak.loginRealm", "acme")
                .config("catalog-keycloak.clientId", CLIENT)
                .config("catalog-keycloak.clientSecret", SECRET)
                .config(
                        "auth.providers.oidc.development",
                        Map.of(
                                "title",
                                "Acme",
                                "metadataUrl",
                                keycloak.metadata(),
                                "clientId",
                                CLIENT,
                                "clientSecret",
                                SECRET,
                                "signIn",
                                Map.of("resolvers", List.of(Map.of("resolver", "oidcSubClaimMatchingKeycloakUserId")))))
                .start();
    }
}
