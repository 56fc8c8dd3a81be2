package dev.belfry.host.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The session of a browser from sign-in to sign-out, on a host with a guest. */
class GuestSignInTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String START = "/api/auth/guest/start";
    private static final String SESSION_COOKIE = "belfry";
    private static final String NOTES = "/api/probe/filtered";

    @TempDir
    private static Path folder;

    private static RunningHost host;

    private Browser browser;

    @BeforeAll
    static void start() {
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("probe.jar"));
        host = RunningHost.start(folder);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @BeforeEach
    void open() {
        browser = new Browser(host);
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private JsonNode session() throws IOException {
        return json(browser.get("/api/auth/session"));
    }

    private String signIn() {
        assertThat(browser.post(START).statusCode()).isEqualTo(200);
        return browser.cookie(SESSION_COOKIE).orElseThrow();
    }

    @Test
    void theGuestSignsInAndOut() throws Exception {
        assertThat(session().get("csrf").isNull()).isTrue();

        HttpResponse<String> started = browser.post(START + "?returnTo=/notifications");
        assertThat(json(started).get("redirect").asText()).isEqualTo("/notifications");
        assertThat(started.headers().firstValue("Set-Cookie").orElseThrow())
                .matches("belfry=[\\w-]{43}; Path=/; .*Max-Age=604800; HttpOnly; SameSite=Lax")
                .doesNotContain("Secure");

        JsonNode session = session();
        assertThat(session.get("user").asText()).isEqualTo("user:default/guest");
        assertThat(session.get("signedInBy").asText()).isEqualTo("guest");
        assertThat(session.get("expiresAt").asText()).endsWith("Z");
        assertThat(session.get("csrf").asText()).hasSize(43);

        HttpResponse<String> out = browser.post("/api/auth/sign-out");
        assertThat(json(out).get("redirect").isNull()).isTrue();
        assertThat(browser.cookie(SESSION_COOKIE)).isEmpty();
        assertThat(session().get("csrf").isNull()).isTrue();
    }

    @Test
    void aFormOfTheSignInPageIsRedirected() {
        HttpResponse<String> started = browser.postAs(
                START + "?returnTo=/notifications",
                "Accept",
                "text/html,application/xhtml+xml",
                "Origin",
                host.uri("").toString());

        assertThat(started.statusCode()).isEqualTo(303);
        assertThat(started.headers().firstValue("Location").orElseThrow()).isEqualTo("/notifications");
    }

    @Test
    void aSignedOutSessionIsUnknownAtOnce() throws Exception {
        String secret = signIn();
        assertThat(session().get("csrf").isNull()).isFalse();
        browser.post("/api/auth/sign-out");

        browser.put(SESSION_COOKIE, secret);

        assertThat(session().get("csrf").isNull()).isTrue();
        assertThat(browser.post("/api/auth/token").statusCode()).isEqualTo(403);
    }

    @Test
    void everySessionOfTheUserEnds() throws Exception {
        signIn();
        try (Browser other = new Browser(host)) {
            assertThat(other.post(START).statusCode()).isEqualTo(200);
            assertThat(json(other.get("/api/auth/session")).get("csrf").isNull())
                    .isFalse();

            json(browser.post("/api/auth/sign-out/everywhere"));

            assertThat(json(other.get("/api/auth/session")).get("csrf").isNull())
                    .isTrue();
        }
    }

    @Test
    void eachSignInHasANewSessionAndEndsTheOldOne() throws Exception {
        String planted = signIn();

        String own = signIn();

        assertThat(own).isNotEqualTo(planted);
        browser.put(SESSION_COOKIE, planted);
        assertThat(session().get("csrf").isNull()).isTrue();
    }

    @Test
    void theSessionOfAUserWhoLeavesTheCatalogEndsAlsoForALaterReturn(@TempDir Path other) throws Exception {
        try (RunningHost host = RunningHost.start(other);
                Browser browser = new Browser(host)) {
            Path catalog = other.resolve("catalog.yaml");
            String guest = Files.readString(catalog);
            json(browser.post(START));
            assertThat(json(browser.get("/api/auth/session")).get("csrf").isNull())
                    .isFalse();

            Files.writeString(catalog, guest.replace("guest", "another"));
            await().until(() -> browser.post(START).statusCode() == 403);
            Files.writeString(catalog, guest);
            await().until(() -> browser.get("/api/auth/session").statusCode() == 200);

            assertThat(json(browser.get("/api/auth/session")).get("csrf").isNull())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%00", "\"quoted\""})
    void aPageWithAnOldCookieWorks(String old) throws Exception {
        browser.put(SESSION_COOKIE, old);

        assertThat(browser.get("/api/probe/caller").body()).isEqualTo("user:default/guest");
        assertThat(browser.postAs(NOTES).statusCode()).isEqualTo(200);
        assertThat(session().get("signedInBy").asText()).isEqualTo("guest");
    }

    @Test
    void aChangeWithTheCookieNeedsAProofOfTheOwnPage() throws Exception {
        signIn();
        String csrf = session().get("csrf").asText();

        assertThat(browser.postAs(NOTES).statusCode()).isEqualTo(403);
        assertThat(browser.postAs(NOTES).body()).contains("X-CSRF-Token", "/api/auth/session");
        assertThat(browser.postAs(NOTES, "X-CSRF-Token", "wrong").statusCode()).isEqualTo(403);
        for (String site : new String[] {"same-site", "cross-site", "none"}) {
            assertThat(browser.postAs(NOTES, "Sec-Fetch-Site", site).statusCode())
                    .as(site)
                    .isEqualTo(403);
        }
        assertThat(browser.postAs(NOTES, "X-CSRF-Token", csrf).statusCode()).isEqualTo(200);
        assertThat(browser.postAs(NOTES, "Sec-Fetch-Site", "same-origin").statusCode())
                .isEqualTo(200);
        assertThat(browser.get(NOTES).statusCode()).isEqualTo(200);
        assertThat(browser.postAs("/api/auth/sign-out").statusCode()).isEqualTo(403);
    }

    @Test
    void aForeignPageCannotSignABrowserIn() {
        assertThat(browser.postAs(START, "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aTokenWinsOverTheCookie() throws Exception {
        signIn();

        assertThat(browser.get("/api/auth/session", "Authorization", "Bearer x").statusCode())
                .isEqualTo(401);
        assertThat(browser.postAs("/api/auth/token", "Authorization", "Basic eDp5")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aSessionGetsATokenThatTheHostAcceptsUntilItExpires() throws Exception {
        assertThat(browser.post("/api/auth/token").statusCode()).isEqualTo(403);
        signIn();

        JsonNode body = json(browser.post("/api/auth/token"));

        assertThat(body.get("expiresIn").asInt()).isEqualTo(600);
        String bearer = "Bearer " + body.get("token").asText();
        assertThat(host.get("/api/probe/caller", "Authorization", bearer).body())
                .isEqualTo("user:default/guest");
        JsonNode session = json(host.get("/api/auth/session", "Authorization", bearer));
        assertThat(session.get("signedInBy").asText()).isEqualTo("token");
        assertThat(session.get("csrf").isNull()).isTrue();
        assertThat(browser.postAs("/api/auth/token", "Authorization", bearer).statusCode())
                .isEqualTo(403);
        assertThat(json(host.get("/api/auth/.well-known/jwks.json"))
                        .get("keys")
                        .get(0)
                        .get("kty")
                        .asText())
                .isEqualTo("EC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Real-IP"})
    void theGuestCannotSignInThroughAProxy(String header) {
        assertThat(browser.postAs(START, header, "for=192.0.2.1").statusCode()).isEqualTo(403);
    }

    @Test
    void foreignHostNamesAndReturnPathsAreRefused() {
        assertThat(browser.post(START + "?returnTo=//evil.example").statusCode())
                .isEqualTo(400);
        assertThat(browser.get("/sign-in?returnTo=https://evil.example").statusCode())
                .isEqualTo(400);
        assertThat(browser.get("/sign-in?return=/x").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "'', en, Continue as guest",
        "'de-AT, en;q=0.5', de, Als Gast fortfahren",
        "'fr, en;q=0.5', en, Continue as guest",
        "'*', en, Continue as guest",
        "';;;', en, Continue as guest"
    })
    void thePageHasAButtonForEachProviderInTheBrowsersLanguage(String accept, String language, String button) {
        HttpResponse<String> page =
                browser.get("/sign-in?returnTo=/a%3Fb%3D%22%3E%3Cscript%3E%26c", "Accept-Language", accept);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<html lang=\"" + language + "\">", button, "method=\"post\"")
                .contains("action=\"/api/auth/guest/start?returnTo=%2Fa%3Fb%3D%22%3E%3Cscript%3E%26c\"")
                .doesNotContain("<script");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void theProvidersAreListed() throws Exception {
        assertThat(json(browser.get("/api/auth/providers")).get("items").toString())
                .isEqualTo("[{\"id\":\"guest\",\"title\":\"Guest\",\"start\":\"/api/auth/guest/start\"}]");
    }

    @Test
    void theDatabaseHasNoSecretOfABrowser() throws Exception {
        String secret = signIn();

        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> Pattern.matches(
                            "host\\.sqlite.*", path.getFileName().toString()))
                    .toList()) {
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret);
            }
        }
    }
}
