package dev.belfry.host.nimbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jwt.SignedJWT;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.access.FailedCredentials;
import dev.belfry.host.access.SessionTokens;
import dev.belfry.host.access.SigningKeys;
import dev.belfry.host.nimbus.JwtIdentity.OwnIssuer;
import dev.belfry.host.settings.AuthSettings;
import dev.belfry.host.tracing.Tracing;
import dev.belfry.host.watch.FileWatch;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The host as an issuer, on two hosts with one database. */
class HostTokensTest {

    private static final String ISSUER = "https://belfry.example/api/auth";
    private static final EntityRef ADA = EntityRef.user("default", "ada");
    private static final EntityRef TEAM = EntityRef.group("default", "team");

    private final MovableClock clock = new MovableClock();
    private final FileWatch watch = new FileWatch();
    private final SharedKeys shared = new SharedKeys();

    /** The table of both hosts. */
    private static final class SharedKeys implements SigningKeys {
        private final List<SigningKey> keys = new ArrayList<>();
        private int reads;

        @Override
        public List<SigningKey> all() {
            reads++;
            return keys.stream()
                    .sorted(Comparator.comparing(SigningKey::created).reversed())
                    .toList();
        }

        @Override
        public void add(SigningKey key) {
            keys.add(key);
        }

        @Override
        public void deleteOlderThan(Instant created) {
            keys.removeIf(key -> key.created().isBefore(created));
        }
    }

    @AfterEach
    void stopWatching() {
        watch.close();
    }

    private final JwtIdentity one = host(ISSUER);
    private final JwtIdentity other = host(ISSUER);

    private JwtIdentity host(String issuer) {
        return JwtIdentity.of(
                new AuthSettings(List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), false, 0),
                Path.of("unused"),
                Optional.of(new OwnIssuer(issuer, shared)),
                clock,
                new FailedCredentials(0, System::nanoTime),
                watch,
                Tracing.off());
    }

    private static SessionTokens tokens(JwtIdentity host) {
        return host.sessionTokens().orElseThrow();
    }

    private String token() {
        return tokens(one).forUser(ADA, Set.of(ADA, TEAM));
    }

    private static String keyOf(String token) throws ParseException {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }

    @Test
    void everyHostWithTheDatabaseAcceptsAToken() throws Exception {
        String token = token();

        for (JwtIdentity host : List.of(one, other)) {
            Caller.User caller = (Caller.User) host.identify(new Bearer(token)).orElseThrow();
            assertThat(caller.ref()).isEqualTo(ADA);
            assertThat(caller.ownership()).containsExactlyInAnyOrder(ADA, TEAM);
        }
        assertThat(shared.keys).hasSize(1);
    }

    @Test
    void aTokenExpires() {
        String token = token();
        clock.move(SessionTokens.LIFETIME.plus(TokenIssuerFactory.CLOCK_SKEW).plusSeconds(1));

        assertThat(catchThrowableOfType(AuthenticationFailed.class, () -> one.identify(new Bearer(token))))
                .hasMessageContaining("Expired");
    }

    @Test
    void anotherKeySignsAfterADayAndTheOldOneIsStillPublished() throws Exception {
        String before = token();
        clock.move(HostKeys.SIGNS_FOR.minusSeconds(1));
        assertThat(keyOf(token())).isEqualTo(keyOf(before));
        String last = token();
        clock.move(Duration.ofSeconds(2));

        String after = token();

        assertThat(keyOf(after)).isNotEqualTo(keyOf(before));
        assertThat(tokens(other).jwks()).contains(keyOf(before), keyOf(after));
        assertThat(one.identify(new Bearer(last))).isPresent();
        assertThat(other.identify(new Bearer(after))).isPresent();

        clock.move(HostKeys.PUBLISHED_FOR.plusSeconds(1));
        assertThat(tokens(other).jwks()).doesNotContain(keyOf(before));
        assertThat(keyOf(token())).isNotEqualTo(keyOf(after));
        assertThat(shared.keys).hasSize(1);
    }

    @Test
    void thePublishedKeysAreThePublicOnes() {
        token();

        assertThat(tokens(one).jwks()).contains("\"kty\":\"EC\"", "\"kid\"").doesNotContain("\"d\"");
    }

    @Test
    void aTokenOfAnotherDatabaseIsRefusedAndMadeUpKeysCostFewReads() {
        SharedKeys foreign = new SharedKeys();
        HostTokens strangers = new HostTokens(ISSUER, new HostKeys(foreign, clock), clock);
        token();
        int before = shared.reads;

        for (int i = 0; i < 20; i++) {
            String made = strangers.forUser(ADA, Set.of(ADA, EntityRef.group("default", "g" + i)));
            assertThat(catchThrowableOfType(AuthenticationFailed.class, () -> one.identify(new Bearer(made))))
                    .isNotNull();
        }
        assertThat(shared.reads - before).isLessThanOrEqualTo(1);
    }

    @Test
    void aTokenForAnotherHostIsRefused() {
        String token = tokens(host("https://other.example/api/auth")).forUser(ADA, Set.of(ADA));

        assertThat(catchThrowableOfType(AuthenticationFailed.class, () -> one.identify(new Bearer(token))))
                .hasMessageContaining("issuer is not trusted");
    }
}
