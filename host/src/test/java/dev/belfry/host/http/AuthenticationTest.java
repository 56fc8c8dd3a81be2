package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.Secret;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.SharedSecret;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.RunningHost;
import dev.belfry.host.nimbus.JwtIdentity;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses to requests without valid credentials. */
class AuthenticationTest {

    private static final String CHALLENGE = "Bearer realm=\"belfry\"";

    public static final class SecretPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.acceptCredentials(new SharedSecret("bell-secret", Secret.of("short"), "external:bell"));
            context.routes(routes -> {
                routes.get("/caller", Access.AUTHENTICATED, (request, caller) -> request.result(caller.subject()));
            });
        }
    }

    @TempDir
    private Path folder;

    private RunningHost host;

    @BeforeEach
    void start() {
        Path drop = RunningHost.dropFolder(folder);
        PluginJar.of(ProbePlugin.class, "probe", "1.0.0").writeTo(drop.resolve("probe.jar"));
        PluginJar.of(SecretPlugin.class, "bell", "1.0.0").writeTo(drop.resolve("bell.jar"));
        host = RunningHost.start(folder, "auth: { failedCredentialsPerMinute: 5 }");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private static String challenge(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        return answer.headers().firstValue("WWW-Authenticate").orElseThrow();
    }

    private String token(String user) {
        return JwtIdentity.mint(folder.resolve("data"), Clock.systemUTC())
                .forUser(EntityRef.parse(user, EntityRef.USER), Duration.ofHours(1));
    }

    @Test
    void anInvalidTokenIs401WithTheError() {
        assertThat(challenge(host.get("/api/probe/caller", "Authorization", "Bearer x")))
                .isEqualTo(CHALLENGE
                        + ", error=\"invalid_token\", error_description=\"the token is not a signed JSON web token\"");
    }

    @Test
    void aMissingTokenIs401WithAChallenge() {
        assertThat(challenge(host.get("/api/bell/caller"))).isEqualTo(CHALLENGE);
        assertThat(challenge(host.get("/api/bell/caller", "bell-secret", "wrong")))
                .isEqualTo(CHALLENGE);
    }

    @Test
    void theErrorDescriptionIsEscaped() {
        assertThat(challenge(host.get("/api/probe/caller", "Authorization", "Bearer " + token("default/stranger"))))
                .isEqualTo(CHALLENGE
                        + ", error=\"invalid_token\", error_description=\"the catalog has no user:default/stranger\"");
        assertThat(BearerChallenge.of("Bearer x", "a \"quoted\"\r\nX: \\ \u00e4"))
                .endsWith("error_description=\"a 'quoted'''X: ' '\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer", "Bearer ", "bearer", "", "Basic Z3Vlc3Q6eA==", "Token x", "Bearer\tx", "x", "BearerX y"
            })
    void aMalformedAuthorizationHeaderNeverActsAsTheGuest(String value) {
        assertThat(host.get("/api/probe/caller").body()).isEqualTo("user:default/guest");

        challenge(host.get("/api/probe/caller", "Authorization", value));
    }

    @Test
    void twoAuthorizationHeadersAreRejected() {
        String token = token("default/guest");

        challenge(
                host.get("/api/probe/caller", "Authorization", "Bearer " + token, "Authorization", "Bearer " + token));
    }

    @Test
    void failedCredentialsAreLimitedPerAddressAndKnownTokensPass() {
        String known = token("default/guest");
        assertThat(host.get("/api/probe/caller", "Authorization", "Bearer " + known)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> last = host.get("/api/probe/caller", "Authorization", "Bearer guess");
        for (int i = 0; i < 20; i++) {
            last = host.get("/api/probe/caller", "Authorization", "Bearer guess-" + i);
        }

        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("Retry-After")).isPresent();
        assertThat(host.get("/api/bell/caller", "bell-secret", "short").statusCode())
                .isEqualTo(429);
        assertThat(host.get("/api/probe/caller", "Authorization", "Bearer " + known)
                        .statusCode())
                .isEqualTo(200);
        assertThat(host.get("/api/probe/caller").statusCode()).isEqualTo(200);
    }

    @Test
    void anInvalidTokenThatIsRepeatedCountsOnce() {
        for (int i = 0; i < 50; i++) {
            challenge(host.get("/api/probe/caller", "Authorization", "Bearer expired"));
        }

        assertThat(host.get("/api/probe/caller", "Authorization", "Bearer " + token("default/guest"))
                        .statusCode())
                .isEqualTo(200);
    }
}
