package dev.belfry.host.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.TokenRequest;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-in at an OpenID provider, from the begin to the sign-out. */
class OidcSignInTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ISSUER = "corp";
    private static final long HOUR = 3_600;
    private static final String CLIENT = "belfry";
    private static final String SESSION_COOKIE = "belfry";
    private static final String BEGUN_COOKIE = "belfry-sign-in";

    private static final ProviderKeys KEYS = new ProviderKeys();

    @TempDir
    private static Path folder;

    private static MockOAuth2Server provider;
    private static RunningHost host;

    private Browser browser;

    @BeforeAll
    static void start() throws IOException {
        provider = new MockOAuth2Server(new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(KEYS)));
        provider.start();
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("probe.jar"));
        Files.writeString(folder.resolve("company.yaml"), """
                kind: User
                metadata: { name: ada }
                spec: { profile: { displayName: Ada Lovelace, email: Ada@Corp.example } }
                ---
                kind: User
                metadata: { name: twin1 }
                spec: { profile: { email: twin@corp.example } }
                ---
                kind: User
                metadata: { name: twin2 }
                spec: { profile: { email: twin@corp.example } }
                ---
                kind: User
                metadata: { name: grace, annotations: { keycloak.org/id: 7d-1 } }
                ---
                kind: User
                metadata: { name: edsger }
                ---
                kind: User
                metadata: { name: barbara }
                """);
        host = RunningHost.start(folder, """
                auth:
                  environment: production
                  providers:
                    guest: false
                    oidc:
                      development: { clientId: '${UNSET}' }
                      production:
                        title: Corp
                        metadataUrl: %s
                        clientId: belfry
                        clientSecret: not so secret
                        timeout: PT60S
                        sessionDuration: { hours: 24 }
                        signIn:
                          resolvers:
                            - resolver: emailMatchingUserEntityProfileEmail
                            - resolver: oidcSubClaimMatchingKeycloakUserId
                            - resolver: preferredUsernameMatchingUserEntityName
                            - resolver: emailLocalPartMatchingUserEntityName
                              allowedDomains: [corp.example]
                catalog: { locations: [ { target: company.yaml } ] }
                """.formatted(provider.wellKnownUrl(ISSUER)));
    }

    @AfterAll
    static void stop() {
        host.close();
        provider.shutdown();
    }

    @BeforeEach
    void open() {
        browser = new Browser(host);
    }

    @AfterEach
    void close() {
        browser.close();
    }

    /** What the provider says about the next one who signs in. */
    private static void next(String subject, Map<String, Object> claims, long expiry) {
        provider.enqueueCallback(
                new DefaultOAuth2TokenCallback(ISSUER, subject, "JWT", List.of(CLIENT), claims, expiry));
    }

    /** As {@link #next}; the user info tells more than the ID token. */
    private static void nextWithUserInfo(
            Map<String, Object> idToken, String userInfoSubject, Map<String, Object> userInfo) {
        provider.enqueueCallback(new DefaultOAuth2TokenCallback(ISSUER, "1", "JWT", List.of(CLIENT), Map.of(), HOUR) {
            // The server asks for the ID token first, and then for the access token, whose claims are the user info.
            private boolean idTokenIsIssued;

            @Override
            public Map<String, Object> addClaims(TokenRequest request) {
                Map<String, Object> claims = idTokenIsIssued ? new HashMap<>(userInfo) : idToken;
                if (idTokenIsIssued) {
                    claims.put("sub", userInfoSubject);
                }
                idTokenIsIssued = true;
                return claims;
            }
        });
    }

    private static Map<String, Object> email(String email) {
        return Map.of("email", email, "preferred_username", "unused");
    }

    private static URI location(HttpResponse<String> response) {
        return URI.create(response.headers().firstValue("Location").orElseThrow());
    }

    /** Begins, and goes through the provider. @return where the provider sends the browser */
    private URI throughTheProvider() {
        HttpResponse<String> started = browser.get("/api/auth/oidc/start?returnTo=/notifications?a=b");
        assertThat(started.statusCode()).isEqualTo(303);
        HttpResponse<String> answered = browser.send("GET", location(started));
        assertThat(answered.statusCode()).as(answered.body()).isEqualTo(302);
        return location(answered);
    }

    private HttpResponse<String> signIn() {
        return browser.send("GET", throughTheProvider());
    }

    private JsonNode session() throws IOException {
        return JSON.readTree(browser.get("/api/auth/session").body());
    }

    private void assertSignedOut() throws IOException {
        assertThat(session().get("user").isNull()).isTrue();
        assertThat(browser.cookie(SESSION_COOKIE)).isEmpty();
    }

    private void assertFailure(HttpResponse<String> page, int status, String text) throws IOException {
        assertThat(page.statusCode()).as(page.body()).isEqualTo(status);
        assertThat(page.body()).contains("role=\"alert\"", text, "/api/auth/oidc/start?returnTo=");
        assertSignedOut();
    }

    @Test
    void aUserSignsInAndOut() throws Exception {
        assertThat(browser.get("/api/probe/caller").statusCode()).isEqualTo(401);
        next("1", email("ada@corp.example"), HOUR);

        HttpResponse<String> back = signIn();

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(location(back)).hasToString("/notifications?a=b");
        assertThat(browser.get("/api/probe/caller").body()).isEqualTo("user:default/ada");
        assertThat(session().get("displayName").asText()).isEqualTo("Ada Lovelace");
        assertThat(session().get("signedInBy").asText()).isEqualTo("oidc");
        assertThat(back.headers().allValues("Set-Cookie")).anyMatch(cookie -> cookie.contains("Max-Age=86400"));

        String redirect = JSON.readTree(browser.post("/api/auth/sign-out").body())
                .get("redirect")
                .asText();

        assertThat(redirect)
                .startsWith(provider.endSessionEndpointUrl(ISSUER).toString())
                .contains("id_token_hint=", "client_id=belfry", "post_logout_redirect_uri=http%3A%2F%2F127.0.0.1");
        assertSignedOut();
    }

    @Test
    void theRequestHasStateNonceAndAChallenge() {
        URI address = location(browser.get("/api/auth/oidc/start"));

        assertThat(address.getQuery())
                .contains("response_type=code", "code_challenge_method=S256", "scope=openid+profile+email")
                .contains("redirect_uri=" + host.uri("/api/auth/oidc/handler/frame"))
                .containsPattern("state=[\\w-]{43}")
                .containsPattern("nonce=[\\w-]{43}")
                .containsPattern("code_challenge=[\\w-]{43}");
        assertThat(location(browser.get("/api/auth/oidc/start")).getQuery()).isNotEqualTo(address.getQuery());
    }

    @Test
    void anAnswerWithAnotherStateIsRefused() throws Exception {
        URI answer = throughTheProvider();
        String wrong = answer.toString().replaceFirst("state=.", "state=");

        assertFailure(browser.send("GET", URI.create(wrong)), 400, "another window");
        // The attempt is over: the right answer comes too late.
        assertFailure(browser.send("GET", answer), 400, "another window");
    }

    @Test
    void anAnswerForAnotherBrowserIsRefused() throws Exception {
        URI answer = throughTheProvider();
        try (Browser victim = new Browser(host)) {
            assertThat(victim.send("GET", answer).statusCode()).isEqualTo(400);
            assertThat(victim.cookie(SESSION_COOKIE)).isEmpty();
        }
    }

    @Test
    void aReplayedCodeIsRefused() throws Exception {
        next("1", email("ada@corp.example"), HOUR);
        URI answer = throughTheProvider();
        String begun = browser.cookie(BEGUN_COOKIE).orElseThrow();
        assertThat(browser.send("GET", answer).statusCode()).isEqualTo(303);

        assertThat(browser.send("GET", answer).statusCode()).isEqualTo(400);
        try (Browser thief = new Browser(host)) {
            thief.put(BEGUN_COOKIE, begun);
            assertThat(thief.send("GET", answer).statusCode()).isEqualTo(403);
            assertThat(thief.cookie(SESSION_COOKIE)).isEmpty();
        }
    }

    @Test
    void anIdTokenOfAnotherSignInIsRefused() throws Exception {
        next("1", Map.of("email", "ada@corp.example", "preferred_username", "x", "nonce", "another"), HOUR);

        assertFailure(signIn(), 403, "did not confirm");
    }

    @Test
    void anExpiredIdTokenIsRefused() throws Exception {
        Date anHourAgo = Date.from(Instant.now().minusSeconds(HOUR));
        next("1", Map.of("email", "ada@corp.example", "preferred_username", "x", "exp", anHourAgo), HOUR);

        assertFailure(signIn(), 403, "did not confirm");
    }

    @Test
    void aTokenForAnotherClientIsRefused() throws Exception {
        next("1", Map.of("email", "ada@corp.example", "preferred_username", "x", "aud", "another"), HOUR);

        assertFailure(signIn(), 403, "did not confirm");
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() throws Exception {
        next("1", Map.of("email", "ada@corp.example", "preferred_username", "x", "iss", "https://evil.example"), HOUR);

        assertFailure(signIn(), 403, "did not confirm");
    }

    @Test
    void aTokenThatANewKeyOfTheProviderHasSignedIsAccepted() throws Exception {
        next("1", email("ada@corp.example"), HOUR);
        assertThat(signIn().statusCode()).isEqualTo(303);

        KEYS.rotate();
        next("1", email("edsger@corp.example"), HOUR);

        assertThat(signIn().statusCode()).isEqualTo(303);
        assertThat(session().get("user").asText()).isEqualTo("user:default/edsger");
    }

    @Test
    void theUserInfoTellsWhatTheIdTokenDoesNot() throws Exception {
        nextWithUserInfo(Map.of(), "1", Map.of("email", "ada@corp.example", "email_verified", true));
        assertThat(signIn().statusCode()).isEqualTo(303);
        assertThat(session().get("user").asText()).isEqualTo("user:default/ada");

        nextWithUserInfo(Map.of("email", "b@other.example"), "1", Map.of("preferred_username", "barbara"));
        assertThat(signIn().statusCode()).isEqualTo(303);
        assertThat(session().get("user").asText()).isEqualTo("user:default/barbara");
    }

    @Test
    void theUserInfoOfAnotherUserCountsAsEmpty() throws Exception {
        nextWithUserInfo(Map.of(), "2", Map.of("email", "ada@corp.example", "email_verified", true));

        assertFailure(signIn(), 403, "no account here");
    }

    @Test
    void anUnverifiedAddressOfTheUserInfoMatchesNobody() throws Exception {
        nextWithUserInfo(Map.of(), "1", Map.of("email", "ada@corp.example", "email_verified", false));

        assertFailure(signIn(), 403, "no account here");
    }

    @Test
    void theProvidersErrorIsShownAsAFailure() throws Exception {
        URI answer = throughTheProvider();
        String denied = answer.toString().replaceFirst("code=[^&]*", "error=access_denied");

        assertFailure(browser.send("GET", URI.create(denied)), 403, "did not confirm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"eve@corp.example", "twin@corp.example", "edsger@evil.example", "@", "a\u0000@corp.example"})
    void whoMatchesNoUserOrSeveralIsRefused(String email) throws Exception {
        next("1", email(email), HOUR);

        assertFailure(signIn(), 403, "no account here");
    }

    @Test
    void anUnverifiedAddressMatchesNobody() throws Exception {
        next("1", Map.of("email", "ada@corp.example", "email_verified", false, "preferred_username", "x"), HOUR);

        assertFailure(signIn(), 403, "no account here");
    }

    @Test
    void eachResolverFindsItsUser() throws Exception {
        Map<String, Map<String, Object>> claims = Map.of(
                "user:default/edsger", email("Edsger@CORP.example"),
                "user:default/barbara", Map.of("email", "b@other.example", "preferred_username", "barbara"),
                "user:default/grace", Map.of("sub", "7d-1", "email", "x@other.example", "preferred_username", "x"));
        for (Map.Entry<String, Map<String, Object>> user : claims.entrySet()) {
            next(String.valueOf(user.getValue().getOrDefault("sub", "1")), user.getValue(), HOUR);
            assertThat(signIn().statusCode()).as(user.getKey()).isEqualTo(303);
            assertThat(session().get("user").asText()).isEqualTo(user.getKey());
        }
    }

    @Test
    void eachSignInHasANewSession() throws Exception {
        next("1", email("ada@corp.example"), HOUR);
        assertThat(signIn().statusCode()).isEqualTo(303);
        String planted = browser.cookie(SESSION_COOKIE).orElseThrow();
        next("1", email("edsger@corp.example"), HOUR);
        assertThat(signIn().statusCode()).isEqualTo(303);

        assertThat(session().get("user").asText()).isEqualTo("user:default/edsger");
        browser.put(SESSION_COOKIE, planted);
        assertThat(session().get("user").isNull()).isTrue();
    }

    @Test
    void aProviderThatIsAwayIsAFailureThatCanBeRepeated(@TempDir Path other) {
        String metadata = provider.wellKnownUrl(ISSUER).toString().replaceFirst(":\\d+/", ":1/");
        try (RunningHost lonely = RunningHost.start(other, """
                auth:
                  providers:
                    oidc:
                      development:
                        metadataUrl: %s
                        clientId: belfry
                        clientSecret: not so secret
                        signIn: { resolvers: [ { resolver: emailMatchingUserEntityProfileEmail } ] }
                """.formatted(metadata))) {
            HttpResponse<String> page = lonely.get("/api/auth/oidc/start?returnTo=/a");

            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).contains("cannot be reached", "/api/auth/oidc/start?returnTo=%2Fa");
        }
    }

    @Test
    void thePageLeadsToTheProvider() throws Exception {
        assertThat(browser.get("/sign-in?returnTo=/a").body())
                .contains("href=\"/api/auth/oidc/start?returnTo=%2Fa\"", "Continue with Corp")
                .doesNotContain("guest");
        assertThat(JSON.readTree(browser.get("/api/auth/providers").body())
                        .get("items")
                        .findValuesAsText("title"))
                .containsExactly("Corp");
    }
}
