package dev.belfry.host.nimbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.web.ApiError;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteJwkSetTest extends IdentityFixture {

    private JwtIdentity identity;

    @BeforeEach
    void believe() {
        identity = believingIssuer();
    }

    private static void unavailable(JwtIdentity identity, String token) {
        assertThat(catchThrowableOfType(ApiError.class, () -> caller(identity, token)))
                .satisfies(error -> assertThat(error.status()).isEqualTo(503))
                .satisfies(error -> assertThat(error.retryAfter()).isPresent());
    }

    @Test
    void keysAreFetchedOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            caller(identity, issuer.token("user:default/ada"));
        }

        assertThat(issuer.requests()).isEqualTo(1);
    }

    @Test
    void keysAreNotFetchedBeforeTheFirstToken() {
        assertThat(issuer.requests()).isZero();
    }

    @Test
    void aNewKeyIsFoundAfterAMinute() throws Exception {
        caller(identity, issuer.token("user:default/ada"));
        issuer.publish(issuer.newKey());
        String token = issuer.token("user:default/bob");

        clock.move(RemoteJwkSet.AT_MOST_EVERY);

        assertThat(caller(identity, token).subject()).isEqualTo("user:default/bob");
    }

    @Test
    void unknownKeysAreFetchedAtMostOncePerMinute() {
        issuer.newKey();
        for (int second = 0; second < 120; second++) {
            refusal(identity, issuer.token("user:default/ada"));
            clock.move(Duration.ofSeconds(1));
        }

        assertThat(issuer.requests()).isEqualTo(2);
    }

    @Test
    void aTokenWithADisallowedAlgorithmFetchesNothing() {
        refusal(identity, issuer.token("user:default/ada").replaceFirst("[^.]+", "eyJhbGciOiJIUzI1NiJ9"));

        assertThat(issuer.requests()).isLessThanOrEqualTo(1);
    }

    @Test
    void anUnreachableIssuerDoesNotMakeTokensInvalid() {
        issuer.answersWith(500);
        String token = issuer.token("user:default/ada");
        for (int second = 0; second < 20; second++) {
            unavailable(identity, token);
            clock.move(Duration.ofSeconds(1));
        }

        assertThat(issuer.requests()).isEqualTo(4);
    }

    @Test
    void anIssuerThatIsBackIsNoticedWithinSeconds() throws Exception {
        issuer.answersWith(500);
        String token = issuer.token("user:default/ada");
        unavailable(identity, token);
        issuer.answersWith(200);

        clock.move(RemoteJwkSet.RETRY_AFTER_FAILURE);

        assertThat(caller(identity, token).subject()).isEqualTo("user:default/ada");
    }

    @Test
    void cachedKeysAreUsedWhileTheIssuerIsUnreachable() throws Exception {
        caller(identity, issuer.token("user:default/ada"));
        issuer.answersWith(500);

        clock.move(Duration.ofMinutes(50));
        assertThat(caller(identity, issuer.token("user:default/bob")).subject()).isEqualTo("user:default/bob");

        clock.move(Duration.ofMinutes(10));
        unavailable(identity, issuer.token("user:default/eve"));
    }

    @Test
    void anUnknownKeyIs503WhileTheIssuerIsUnreachable() throws Exception {
        caller(identity, issuer.token("user:default/ada"));
        issuer.answersWith(500);
        issuer.newKey();
        clock.move(RemoteJwkSet.AT_MOST_EVERY);

        unavailable(identity, issuer.token("user:default/ada"));
    }

    @Test
    void aRevokedKeyInvalidatesVerifiedTokens() throws Exception {
        String token = issuer.token("user:default/ada");
        caller(identity, token);
        issuer.publish(issuer.newKey());

        clock.move(RemoteJwkSet.FRESH);
        // Keys are refreshed in the background: the first call after that time may still succeed.
        await().untilAsserted(() -> assertThatExceptionOfType(AuthenticationFailed.class)
                .isThrownBy(() -> caller(identity, token))
                .withMessageContaining("no matching key"));
    }

    @Test
    void anInvalidKeySetCountsAsUnreachable() {
        issuer.publishText("<html>Sign in</html>");

        unavailable(identity, issuer.token("user:default/ada"));
    }
}
