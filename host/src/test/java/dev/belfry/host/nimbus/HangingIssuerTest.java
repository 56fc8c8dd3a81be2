package dev.belfry.host.nimbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.web.ApiError;
import dev.belfry.host.settings.AuthSettings.ExternalAccess;
import dev.belfry.host.settings.AuthSettings.JwksSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An issuer whose key endpoint hangs does not block users whose keys are cached. */
@Timeout(30)
class HangingIssuerTest extends IdentityFixture {

    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final int STRANGERS = 100;

    private static Duration took(Check check) throws Exception {
        long begin = System.nanoTime();
        check.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** A timed operation. */
    @FunctionalInterface
    private interface Check {
        void run() throws Exception;
    }

    private static int status(JwtIdentity identity, String token) {
        try {
            caller(identity, token);
            return 200;
        } catch (AuthenticationFailed e) {
            return 401;
        } catch (ApiError e) {
            return e.status();
        }
    }

    @Test
    void unknownKeysOfStrangersDoNotBlockKnownUsers() throws Exception {
        JwtIdentity identity = believingIssuer();
        String known = issuer.token("user:default/ada");
        caller(identity, known);
        List<String> fresh = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            fresh.add(issuer.token("user:default/u" + i));
        }
        issuer.newKey();
        List<String> strange = new ArrayList<>();
        for (int i = 0; i < STRANGERS; i++) {
            strange.add(issuer.token("user:default/stranger" + i));
        }
        issuer.hangs();
        clock.move(RemoteJwkSet.AT_MOST_EVERY);

        try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = strange.stream()
                    .map(token -> strangers.submit(() -> status(identity, token)))
                    .toList();
            await().until(() -> issuer.requests() == 2);

            assertThat(took(() -> caller(identity, known))).isLessThan(QUICK);
            for (String token : fresh) {
                assertThat(took(() -> caller(identity, token))).isLessThan(QUICK);
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(503);
            }
        }
        assertThat(issuer.requests()).isEqualTo(2);
    }

    @Test
    void theNumberOfWaitingRequestsIsLimited() throws Exception {
        JwtIdentity identity = believingIssuer();
        issuer.hangs();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> quick = new ArrayList<>();
            for (int i = 0; i < STRANGERS; i++) {
                String token = issuer.token("user:default/u" + i);
                quick.add(clients.submit(() -> {
                    Duration took =
                            took(() -> assertThat(status(identity, token)).isEqualTo(503));
                    return took.compareTo(JwkSetRefresh.MAX_WAIT.dividedBy(2)) < 0;
                }));
            }
            int atOnce = 0;
            for (Future<Boolean> one : quick) {
                atOnce += one.get(10, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertThat(atOnce).isEqualTo(STRANGERS - JwkSetRefresh.MAX_WAITING);
        }
    }

    @Test
    void staleKeysAreRefreshedInTheBackground() throws Exception {
        JwtIdentity identity = believingIssuer();
        caller(identity, issuer.token("user:default/ada"));
        issuer.hangs();

        clock.move(RemoteJwkSet.FRESH);

        assertThat(took(() -> caller(identity, issuer.token("user:default/bob"))))
                .isLessThan(QUICK);
        await().until(() -> issuer.requests() == 2);
        assertThat(took(() -> caller(identity, issuer.token("user:default/eve"))))
                .isLessThan(QUICK);
    }

    @Test
    void aKnownKeyDoesNotWaitForAnotherHangingIssuer() throws Exception {
        try (TestIssuer hanging = new TestIssuer(clock)) {
            hanging.hangs();
            JwtIdentity identity = identity(List.of(), List.of(), List.of(external(hanging), external(issuer)), false);
            issuer.key();
            // The first token fetches the keys of every possible issuer, including the one that hangs.
            status(identity, issuer.token("robot"));

            assertThat(took(() -> caller(identity, issuer.token("robot-2")))).isLessThan(QUICK);
        }
    }

    private static ExternalAccess external(TestIssuer issuer) {
        return new ExternalAccess.Jwks(
                issuer.address(), List.of(), List.of(), List.of("ES256"), Optional.empty(), List.of());
    }

    @Test
    void aNewKeyIsFoundOnceTheIssuerRespondsAgain() throws Exception {
        JwtIdentity identity = believing(trusted(new JwksSource.Url(issuer.address())));
        issuer.hangs();
        assertThat(status(identity, issuer.token("user:default/ada"))).isEqualTo(503);
        issuer.answersAgain();

        String token = issuer.token("user:default/bob");
        await().until(() -> {
            clock.move(RemoteJwkSet.RETRY_AFTER_FAILURE);
            return status(identity, token) == 200;
        });
    }

    @Test
    void aVerifiedTokenDoesNotOutliveItsKeys() throws Exception {
        JwtIdentity identity = believingIssuer();
        String token = issuer.token(issuer.claims("user:default/ada")
                .expirationTime(java.util.Date.from(clock.instant().plus(Duration.ofDays(1))))
                .build());
        caller(identity, token);
        issuer.answersWith(500);

        clock.move(RemoteJwkSet.KEPT_WITHOUT_WORD.minusSeconds(1));
        assertThat(caller(identity, token).subject()).isEqualTo("user:default/ada");
        await().until(() -> issuer.requests() == 2);

        clock.move(Duration.ofSeconds(1));
        assertThat(catchThrowableOfType(ApiError.class, () -> caller(identity, token))
                        .status())
                .isEqualTo(503);
    }
}
